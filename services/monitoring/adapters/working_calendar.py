"""The official Chinese calendar of holidays and of weekends worked instead, from ``chinesecalendar``."""

from datetime import date

import chinese_calendar


class OfficialCalendar:
    """The days the State Council has published; see :class:`domain.working_day.WorkingCalendar`."""

    def working(self, day: date) -> bool | None:
        """Return whether people work on *day*; None where this version of the library has no such year."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None
