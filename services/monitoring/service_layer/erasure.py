"""Commands on the erasure of a person: asking for it, confirming it, refusing it."""

from dataclasses import dataclass, field

from services.monitoring.domain.erasure import GROUNDS, Erasure, ErasurePolicy
from services.monitoring.domain.erasure_errors import PersonalReasonError, UnknownGroundError
from services.monitoring.service_layer.given import text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.observability.personal_data import looks_personal

_REASON = ("不符合删除条件仍须删除的理由", "reason")
_ERASED = "已删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure:
    """The county asks that a person be erased. *reason* is needed where the policy speaks against it."""

    person_id: str
    ground: str
    reason: str = field(default="", repr=False)
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleErasure:
    """Another person of the county confirms or refuses what was asked."""

    erasure_id: str
    by: str
    version: int | None = None


def ask_erasure(command: AskErasure, uow: UnitOfWork, policy: ErasurePolicy) -> str:
    """Ask for an erasure and return the request's id; nothing is erased yet."""
    if command.ground not in GROUNDS:
        raise UnknownGroundError(ground=command.ground[:20])
    reason = text_in(command.reason.strip(), _REASON, most=500)
    if looks_personal(reason):
        raise PersonalReasonError
    with uow:
        one = Erasure.ask(
            uow.ids(),
            uow.erasures.subject(command.person_id),
            ground=command.ground,
            reason=reason,
            by=command.by,
            on=day_of(uow.clock()),
            policy=policy,
        )
        uow.erasures.add(one)
        uow.commit()
    return one.id


def confirm_erasure(command: SettleErasure, uow: UnitOfWork, policy: ErasurePolicy) -> int:
    """Erase the person; return how many rows were changed. What was sealed with the person's key is gone."""
    with uow:
        one = uow.erasures.get(command.erasure_id)
        one.expect_version(command.version)
        today = day_of(uow.clock())
        one.confirm(uow.erasures.subject(one.person_id).doubts(today, policy), by=command.by, on=today)
        one.carried_out(uow.erasures.carry_out(one), _ERASED)
        uow.erasures.save(one)
        uow.commit()
    return one.rows or 0


def refuse_erasure(command: SettleErasure, uow: UnitOfWork) -> None:
    """End a request without an erasure."""
    with uow:
        one = uow.erasures.get(command.erasure_id)
        one.expect_version(command.version)
        one.refuse(by=command.by, on=day_of(uow.clock()))
        uow.erasures.save(one)
        uow.commit()
