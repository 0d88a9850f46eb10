"""Commands on temporary relief.

::

    apply_for_relief(ApplyForRelief(household_id=…, tier="county", cause="illness", on=…), uow, policy) -> id
    grant_relief(GrantRelief(relief_id=…, amount_fen=…, on=…), uow, policy)
    refuse_relief(RefuseRelief(relief_id=…, reason="not_eligible", on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.assistance.entitlement import AssistancePolicy
from services.monitoring.domain.assistance.relief import Relief
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.guaranteeing import answer_measures
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen
from shared.kernel.period import add_days

MEASURE = "100A48-003"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForRelief:
    """A household asks. *tier* and *cause* are codes of ``relief_tier``, ``relief_cause``."""

    household_id: str
    tier: str
    cause: str
    on: date
    asked_fen: Fen = 0
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRelief:
    relief_id: str
    amount_fen: Fen
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRelief:
    """*reason* is a code of ``assistance_refusal``; *eligible*: it would have been owed all the same."""

    relief_id: str
    reason: str
    on: date
    eligible: bool = False
    version: int | None = None


def apply_for_relief(command: ApplyForRelief, uow: UnitOfWork, policy: AssistancePolicy) -> str:
    """Return the application's id; the day by which it is decided depends on its tier."""
    code_in("relief_tier", command.tier)
    code_in("relief_cause", command.cause)
    with uow:
        household = uow.households.get(command.household_id)
        on = not_after_today(command.on, uow.clock)
        limit = policy.relief_days.entry_on(on)
        relief = Relief.apply(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            tier=command.tier,
            cause=command.cause,
            applied_on=on,
            due_on=add_days(on, limit.value[command.tier]),
            limit_confirmed=limit.confirmed,
            asked_fen=command.asked_fen,
            note=command.note.strip(),
        )
        uow.assistance.reliefs.add(relief)
        answer_measures([household.id], [MEASURE], uow, on=on, status=MeasureStatus.ACCEPTED)
        uow.commit()
    return relief.id


def grant_relief(command: GrantRelief, uow: UnitOfWork, policy: AssistancePolicy) -> None:
    """Grant an amount; a measure that asked for relief is delivered with it."""
    with uow:
        relief = uow.assistance.reliefs.get(command.relief_id)
        expect_version(relief, command.version)
        on = not_after_today(command.on, uow.clock)
        limit = policy.relief_limits.on(on).get(relief.tier)
        relief.grant(command.amount_fen, on=on, limit=limit)
        uow.assistance.reliefs.save(relief)
        answer_measures([relief.household_id], [MEASURE], uow, on=on)
        uow.commit()


def refuse_relief(command: RefuseRelief, uow: UnitOfWork) -> None:
    """Refuse with a reason; a measure that asked for relief is declined with it."""
    code_in("assistance_refusal", command.reason)
    with uow:
        relief = uow.assistance.reliefs.get(command.relief_id)
        expect_version(relief, command.version)
        on = not_after_today(command.on, uow.clock)
        relief.refuse(command.reason, on=on, eligible=command.eligible)
        uow.assistance.reliefs.save(relief)
        answer_measures(
            [relief.household_id],
            [MEASURE],
            uow,
            on=on,
            status=MeasureStatus.DECLINED,
            reason="not_eligible",
        )
        uow.commit()
