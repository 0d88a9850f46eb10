"""Issue a notice of criticism against a unit."""

from collections.abc import Collection
from dataclasses import dataclass, field

from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.notice import Notice, NoticeAbout
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class IssueNotice:
    """*unit* is a town's code or a department's official name; *reason* names no person.

    Units of one document are given the same *document_no*: it counts as one issue (I37-3).
    """

    unit: str
    level: str
    reason: str = field(repr=False)
    document_no: str = ""
    about_kind: NoticeAbout = ""
    about_id: str = ""


def issue_notice(command: IssueNotice, uow: UnitOfWork, units: Collection[str]) -> str:
    """Issue the notice and return its id; *units* are all that can be named.

    Raises UnknownUnitError, UnknownNoticeLevelError, EmptyReasonError or AboutUnknownError.
    """
    if command.unit not in units:
        raise UnknownUnitError(unit=command.unit)
    with uow:
        notice = Notice.issue(
            notice_id=uow.ids(),
            unit=command.unit,
            level=command.level,
            issued_on=day_of(uow.clock()),
            reason=command.reason,
            document_no=command.document_no,
            about_kind=command.about_kind,
            about_id=command.about_id,
        )
        uow.notices.add(notice)
        uow.commit()
    return notice.id
