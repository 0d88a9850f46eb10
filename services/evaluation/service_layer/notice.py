"""Issue a notice of criticism against a unit."""

from collections.abc import Collection
from dataclasses import dataclass

from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.notice import Notice
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class IssueNotice:
    """*unit* is a town's code or a department's official name; *reason* names no person."""

    unit: str
    level: str
    reason: str


def issue_notice(command: IssueNotice, uow: UnitOfWork, units: Collection[str]) -> str:
    """Issue the notice and return its id; *units* are all that can be named.

    Raises UnknownUnitError, UnknownNoticeLevelError or EmptyReasonError.
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
        )
        uow.notices.add(notice)
        uow.commit()
    return notice.id
