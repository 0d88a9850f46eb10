"""The dated policy of the comparison: who owes which list, the rules, the limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.monitoring.domain.comparison.department_list import ListDuty
from services.monitoring.domain.comparison.errors import UnknownListKindError
from services.monitoring.domain.comparison.rule import RulePolicy
from services.monitoring.domain.working_day import CountedDay, WorkingCalendar, add_working_days
from shared.kernel.period import Month
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class ComparisonPolicy:
    """*limits* are in working days but ``recall_days``; *checks* as in :class:`CasePolicy`."""

    duties: Mapping[str, DatedFigure[Mapping[str, Any]]]
    rules: Mapping[str, RulePolicy]
    checks: Mapping[str, DatedFigure[str]]
    difference_days: DatedFigure[int]
    push_days: DatedFigure[int]
    check_days: DatedFigure[int]
    recall_days: DatedFigure[int]
    calendar: WorkingCalendar

    def duty(self, kind: str, day: date) -> ListDuty:
        """Return who owes a list of *kind* and by when; refuses a kind nobody owes."""
        if kind not in self.duties:
            raise UnknownListKindError(kind=kind[:32])
        return ListDuty(**self.duties[kind].on(day))

    def owed(self, month: Month) -> dict[str, ListDuty]:
        """Return the lists about *month* that must be delivered, by kind."""
        duties = {kind: self.duty(kind, month.last_day) for kind in self.duties}
        return {kind: duty for kind, duty in duties.items() if duty.owed(month)}

    def due(self, figure: DatedFigure[int], day: date) -> tuple[date, bool]:
        """Return the last working day of a limit that starts on *day*, and whether it is confirmed."""
        entry = figure.entry_on(day)
        counted: CountedDay = add_working_days(day, entry.value, self.calendar)
        return counted.on, entry.confirmed and counted.known

    def checks_by_department(self, day: date) -> dict[str, tuple[str, ...]]:
        """Return per department what it is asked about a household in the procedure."""
        asked: dict[str, tuple[str, ...]] = {}
        for check, figure in self.checks.items():
            department = figure.on(day)
            asked[department] = (*asked.get(department, ()), check)
        return asked
