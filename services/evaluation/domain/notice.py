"""A notice of criticism (通报): which unit, of which level."""

from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.errors import EmptyReasonError, UnknownNoticeLevelError
from shared.kernel.aggregate import Aggregate

LEVELS = ("county", "city", "province")


@dataclass(frozen=True, slots=True)
class Issued:
    """A notice was issued against *unit*."""

    notice_id: str
    unit: str
    level: str
    issued_on: date


@dataclass(kw_only=True)
class Notice(Aggregate):
    """A notice of criticism (通报) that names one unit. Its reason stays in this office, not in the event."""

    id: str
    unit: str
    level: str
    issued_on: date
    reason: str

    @classmethod
    def issue(cls, *, notice_id: str, unit: str, level: str, issued_on: date, reason: str) -> "Notice":
        """Return a new notice; refuses an unknown level and an empty reason."""
        if level not in LEVELS:
            raise UnknownNoticeLevelError(level=level)
        if not reason.strip():
            raise EmptyReasonError
        notice = cls(id=notice_id, unit=unit, level=level, issued_on=issued_on, reason=reason.strip())
        notice.raise_fact(Issued(notice_id, unit, level, issued_on))
        return notice
