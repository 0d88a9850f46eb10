"""The day judges are asked about, as a date that notices how long their answers stand."""

from datetime import date, timedelta
from typing import Any, SupportsIndex

_ONE = timedelta(days=1)


class _Notes:
    """The last day for which everything answered so far would be answered alike."""

    __slots__ = ("until",)

    def __init__(self) -> None:
        self.until = date.max


class JudgedDay(date):
    """A date that keeps book of what it was asked.

    Most judges compare the day with a due day and nothing else: then the next day
    that could change their answer is known, and until then nobody need be judged
    again. A comparison notes the day before it would turn out otherwise; anything
    else (its month, a difference, its text) notes that the answer is of this day
    alone. A day plus or minus some days is again such a day, with the same book.
    """

    __slots__ = ("_ahead", "_notes")
    _notes: _Notes
    _ahead: timedelta

    @classmethod
    def of(cls, day: date) -> "JudgedDay":
        """Return *day* with an empty book."""
        return cls._made(day, _Notes(), timedelta())

    @classmethod
    def _made(cls, day: date, notes: _Notes, ahead: timedelta) -> "JudgedDay":
        made = super().__new__(cls, *_parts(day))
        made._notes, made._ahead = notes, ahead
        return made

    def begin(self) -> None:
        """Forget what was asked."""
        self._notes.until = date.max

    @property
    def until(self) -> date:
        """The last day on which all that was asked since ``begin`` would be answered as it was."""
        return self._notes.until

    def _note(self, last: date) -> None:
        """Note that this very date could be as late as *last* and nothing would change."""
        try:
            day = last - self._ahead
        except OverflowError:
            return
        if date.__lt__(day, self._notes.until):
            self._notes.until = day

    def _today_only(self) -> None:
        self._note(self)

    def __gt__(self, other: Any) -> bool:  # noqa: ANN401  (as date has it)
        answer = date.__gt__(self, other)
        if answer is False:
            self._note(other)
        return answer

    def __ge__(self, other: Any) -> bool:  # noqa: ANN401
        answer = date.__ge__(self, other)
        if answer is False:
            self._note(other - _ONE)
        return answer

    def __lt__(self, other: Any) -> bool:  # noqa: ANN401
        answer = date.__lt__(self, other)
        if answer is True:
            self._note(other - _ONE)
        return answer

    def __le__(self, other: Any) -> bool:  # noqa: ANN401
        answer = date.__le__(self, other)
        if answer is True:
            self._note(other)
        return answer

    def __eq__(self, other: object) -> bool:
        answer = date.__eq__(self, other)
        if answer is True:
            self._today_only()
        elif isinstance(other, date) and date.__lt__(self, other):
            self._note(other - _ONE)
        return answer

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._today_only()
        return date.__hash__(self)

    def __add__(self, days: timedelta) -> "JudgedDay":
        return self._made(date.__add__(self, days), self._notes, self._ahead + days)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:  # noqa: ANN401
        if isinstance(other, timedelta):
            return self._made(date.__sub__(self, other), self._notes, self._ahead - other)
        self._today_only()
        return date.__sub__(self, other)

    def __rsub__(self, other: Any) -> Any:  # noqa: ANN401
        self._today_only()
        return date.__sub__(other, self)

    def __str__(self) -> str:
        self._today_only()
        return date.isoformat(self)

    def __format__(self, spec: str) -> str:
        self._today_only()
        return date.__format__(self, spec)

    def __repr__(self) -> str:
        return f"JudgedDay({date.isoformat(self)})"

    def __reduce_ex__(self, _protocol: SupportsIndex) -> Any:  # noqa: ANN401
        self._today_only()
        return date, _parts(self)


def _parts(day: date) -> tuple[int, int, int]:
    return _PARTS[0](day), _PARTS[1](day), _PARTS[2](day)


_PARTS = tuple(date.__dict__[name].__get__ for name in ("year", "month", "day"))


def _asked_part(name: str) -> property:
    """Return the date's own *name*, noted as asked for."""
    own = date.__dict__[name].__get__

    def asked(day: JudgedDay) -> Any:  # noqa: ANN401
        day._today_only()  # noqa: SLF001  (a part of the class, written once for all names)
        return own(day)

    return property(asked)


for _name in ("year", "month", "day", "weekday", "isoweekday", "isocalendar", "isoformat", "toordinal"):
    setattr(JudgedDay, _name, _asked_part(_name))
for _name in ("timetuple", "strftime", "ctime", "replace"):
    setattr(JudgedDay, _name, _asked_part(_name))
