"""A notice of criticism (通报): which unit, of which level, under which number, about what."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from services.evaluation.domain.errors import EmptyReasonError, UnknownNoticeLevelError
from services.evaluation.domain.supervision_errors import AboutUnknownError
from shared.kernel.aggregate import Aggregate

LEVELS = ("county", "city", "province")
NoticeAbout = Literal["", "order", "problem", "inspection", "trigger"]
"""What led to the notice; its id is one of that register."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A notice was issued against *unit*."""

    notice_id: str
    unit: str
    level: str
    issued_on: date
    document_no: str = ""
    about_kind: NoticeAbout = ""
    about_id: str = ""


@dataclass(kw_only=True)
class Notice(Aggregate):
    """A notice of criticism (通报) that names one unit. Its reason stays in this office, not in the event.

    One document (*document_no*, 文号) may name several units: each has a notice of its own.
    """

    id: str
    unit: str
    level: str
    issued_on: date
    reason: str = field(repr=False)
    document_no: str = ""
    about_kind: NoticeAbout = ""
    about_id: str = ""

    @classmethod
    def issue(
        cls,
        *,
        notice_id: str,
        unit: str,
        level: str,
        issued_on: date,
        reason: str,
        document_no: str = "",
        about_kind: NoticeAbout = "",
        about_id: str = "",
    ) -> "Notice":
        """Return a new notice; refuses an unknown level, an empty reason, and half of what it is about."""
        if level not in LEVELS:
            raise UnknownNoticeLevelError(level=level)
        if not reason.strip():
            raise EmptyReasonError
        if about_kind not in get_args(NoticeAbout) or bool(about_kind) != bool(about_id.strip()):
            raise AboutUnknownError
        number = document_no.strip()
        notice = cls(
            id=notice_id,
            unit=unit,
            level=level,
            issued_on=issued_on,
            reason=reason.strip(),
            document_no=number,
            about_kind=about_kind,
            about_id=about_id.strip(),
        )
        notice.raise_fact(Issued(notice_id, unit, level, issued_on, number, about_kind, about_id.strip()))
        return notice
