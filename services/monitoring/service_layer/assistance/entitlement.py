"""Commands on entitlements to social assistance: found, decided, ended. Payments are in ``allowance.py``.

::

    find_entitlement(FindEntitlement(household_id=…, kind="low_income", on=…), uow, policy)       -> id
    find_entitlements(FindEntitlements(kind="disability_care", on=…), uow, policy)                -> int new
    take_roll(TakeRoll(kind="low_income", rows=(RollRow(…), …), on=…), uow, policy, checks)       -> int new
    assess_entitlement(AssessEntitlement(entitlement_id=…, assessment=Assessment(…)), uow)
    grant_entitlement(GrantEntitlement(entitlement_id=…, monthly_fen=…, on=…), uow, checks)
    refuse_entitlement(RefuseEntitlement(entitlement_id=…, reason="supported", on=…), uow)
    end_entitlement(EndEntitlement(entitlement_id=…, reason="moved", on=…), uow, checks)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.assistance.entitlement import (
    AIDED,
    DESTITUTE,
    DISABILITY_CARE,
    DISABILITY_LIVING,
    FIELD_OF,
    LOW_INCOME,
    MEASURE_OF,
    NOT_AIDED,
    SINGLE_PERSON,
    Assessment,
    AssistancePolicy,
    Entitlement,
)
from services.monitoring.domain.guarantee_errors import (
    AlreadyOpenError,
    NotYourRegisterError,
    OfHouseholdError,
    SameAidTwiceError,
)
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.guaranteeing import answer_measures, correct_registry, parts
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_guarantee import PersonRef
from shared.contracts.codes import codes
from shared.kernel.money import Fen
from shared.kernel.period import add_days

_OPEN = ("found", "granted")
OF_A_PERSON = frozenset({SINGLE_PERSON, DISABILITY_LIVING, DISABILITY_CARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FindEntitlement:
    """Somebody may be entitled. *found_by* is a code of ``assistance_source``.

    *person_id* is needed for the kinds of one person; without it the whole household is meant.
    The destitute are one person or all; the subsistence allowance is of the household only.
    """

    household_id: str
    kind: str
    on: date
    person_id: str | None = None
    found_by: str = "town"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindEntitlements:
    """Find everybody of a *kind* by comparing the registry's own entries; again, only who is new."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class RollRow:
    """One line of the office's roll: who has the assistance now, and what a month (fen)."""

    household_id: str
    monthly_fen: Fen
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRoll:
    """Take over who gets the assistance already; who is in the register as granted stays so."""

    kind: str
    on: date
    rows: tuple[RollRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementCommand:
    """*unit*: the department that acts, which must be the kind's own; empty: the county."""

    entitlement_id: str
    unit: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessEntitlement(EntitlementCommand):
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEntitlement(EntitlementCommand):
    monthly_fen: Fen
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustEntitlement(EntitlementCommand):
    monthly_fen: Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseEntitlement(EntitlementCommand):
    """*reason* is a code of ``assistance_refusal``."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEntitlement(EntitlementCommand):
    """*reason* is a code of ``assistance_end``."""

    reason: str
    on: date


def find_entitlement(command: FindEntitlement, uow: UnitOfWork, policy: AssistancePolicy) -> str:
    """Return the entitlement's id; refuses one of a kind that is open for them."""
    code_in("assistance_kind", command.kind)
    if command.kind == LOW_INCOME and command.person_id is not None:
        raise OfHouseholdError
    code_in("assistance_source", command.found_by)
    with uow:
        household = uow.households.get(command.household_id)
        person_id = command.person_id
        if person_id is None and command.kind in OF_A_PERSON and household.head is not None:
            person_id = household.head.id
        if person_id is not None:
            household.member(person_id)
        if uow.assistance.entitlements.matching(
            subject=person_id or household.id, kind=command.kind, state=_OPEN
        ):
            raise AlreadyOpenError
        on = not_after_today(command.on, uow.clock)
        person = PersonRef(household.id, household.area_code, person_id or "")
        found = _found(person, command.kind, command.found_by, on, uow, policy)
        uow.assistance.entitlements.add(found)
        answer_measures([household.id], [MEASURE_OF[command.kind]], uow, on=on, status=MeasureStatus.ACCEPTED)
        uow.commit()
    return found.id


def find_entitlements(command: FindEntitlements, uow: UnitOfWork, policy: AssistancePolicy) -> int:
    """Return how many are new. What was decided before, granted or refused, is not found again."""
    code_in("assistance_kind", command.kind)
    on = not_after_today(command.on, uow.clock)
    with uow:
        candidates = _candidates(command.kind, on, uow, policy)
    new = 0
    for part in parts(candidates):
        with uow:
            subjects = tuple(one.person_id or one.household_id for one in part)
            decided = uow.assistance.entitlements.matching(subject=subjects, kind=command.kind)
            known = {one.subject for one in decided}
            found = [
                _found(one, command.kind, "comparison", on, uow, policy)
                for one in part
                if (one.person_id or one.household_id) not in known
            ]
            uow.assistance.entitlements.put(found)
            new += len(found)
            uow.commit()
    return new


def take_roll(command: TakeRoll, uow: UnitOfWork, policy: AssistancePolicy, checks: MemberChecks) -> int:
    """Return how many were not in the register as granted."""
    code_in("assistance_kind", command.kind)
    on = not_after_today(command.on, uow.clock)
    rows = list({row.person_id or row.household_id: row for row in command.rows}.values())
    new = 0
    for part in parts(rows):
        with uow:
            granted = _granted_by_roll(part, command.kind, on, uow, policy)
            uow.assistance.entitlements.put(granted)
            _flag(granted, value=True, on=on, uow=uow, checks=checks)
            new += len(granted)
            uow.commit()
    return new


def assess_entitlement(command: AssessEntitlement, uow: UnitOfWork) -> None:
    """Note income, rigid spending deducted and property exempt; it decides nothing."""
    with uow:
        entitlement = _read(command, uow)
        entitlement.assess(command.assessment)
        uow.assistance.entitlements.save(entitlement)
        uow.commit()


def grant_entitlement(command: GrantEntitlement, uow: UnitOfWork, checks: MemberChecks) -> None:
    """Grant; the registry's flag of those who get it is set with it.

    Refuses who gets the same aid already, alone or with the household.
    """
    with uow:
        entitlement = _read(command, uow)
        _expect_once(entitlement, uow)
        on = not_after_today(command.on, uow.clock)
        entitlement.grant(command.monthly_fen, on=on)
        uow.assistance.entitlements.save(entitlement)
        _flag([entitlement], value=True, on=on, uow=uow, checks=checks)
        uow.commit()


def adjust_entitlement(command: AdjustEntitlement, uow: UnitOfWork) -> None:
    with uow:
        entitlement = _read(command, uow)
        entitlement.adjust(command.monthly_fen)
        uow.assistance.entitlements.save(entitlement)
        uow.commit()


def refuse_entitlement(command: RefuseEntitlement, uow: UnitOfWork) -> None:
    """Refuse with a reason; a measure that asked for it is declined with it."""
    code_in("assistance_refusal", command.reason)
    with uow:
        entitlement = _read(command, uow)
        on = not_after_today(command.on, uow.clock)
        entitlement.refuse(command.reason, on=on)
        uow.assistance.entitlements.save(entitlement)
        answer_measures(
            [entitlement.household_id],
            [MEASURE_OF[entitlement.kind]],
            uow,
            on=on,
            status=MeasureStatus.DECLINED,
            reason="has_already" if command.reason == "has_already" else "not_eligible",
            persons=[entitlement.subject],
        )
        uow.commit()


def end_entitlement(command: EndEntitlement, uow: UnitOfWork, checks: MemberChecks) -> None:
    """End it; the registry's flag goes with it, unless another entitlement gives the same."""
    code_in("assistance_end", command.reason)
    with uow:
        entitlement = _read(command, uow)
        on = not_after_today(command.on, uow.clock)
        entitlement.end(command.reason, on=on)
        uow.assistance.entitlements.save(entitlement)
        _flag([entitlement], value=False, on=on, uow=uow, checks=checks)
        uow.commit()


def _expect_once(entitlement: Entitlement, uow: UnitOfWork) -> None:
    # Locked with those still to be decided: two that are granted at once would not see each other.
    open_ = uow.assistance.entitlements.matching(
        household_id=entitlement.household_id, state=_OPEN, lock=True
    )
    for other in open_:
        if other.state == "granted" and entitlement.overlaps(other):
            kind = codes()["assistance_kind"].get(other.kind)
            raise SameAidTwiceError(kind_zh=kind.zh, kind_en=kind.en)


def _found(
    who: PersonRef, kind: str, found_by: str, on: date, uow: UnitOfWork, policy: AssistancePolicy
) -> Entitlement:
    limit = policy.decide_days.entry_on(on)
    return Entitlement.find(
        id=uow.ids(),
        household_id=who.household_id,
        area_code=who.area_code,
        kind=kind,
        person_id=who.person_id or None,
        found_by=found_by,
        found_on=on,
        due_on=add_days(on, limit.value),
        limit_confirmed=limit.confirmed,
    )


def _granted_by_roll(
    rows: Sequence[RollRow], kind: str, on: date, uow: UnitOfWork, policy: AssistancePolicy
) -> list[Entitlement]:
    areas = uow.households.areas_of({row.household_id for row in rows})
    subjects = tuple(row.person_id or row.household_id for row in rows)
    known = {
        one.subject: one
        for one in uow.assistance.entitlements.matching(subject=subjects, kind=kind, state=_OPEN, lock=True)
    }
    granted = []
    for row in rows:
        who = PersonRef(row.household_id, areas[row.household_id], row.person_id or "")
        subject = row.person_id or row.household_id
        entitlement = known.get(subject) or _found(who, kind, "roll", on, uow, policy)
        if entitlement.state == "found":
            entitlement.grant(row.monthly_fen, on=on)
            granted.append(entitlement)
    return granted


def _candidates(kind: str, on: date, uow: UnitOfWork, policy: AssistancePolicy) -> list[PersonRef]:
    people, grades = uow.people, policy.heavy_grades.on(on)
    if kind == DISABILITY_CARE:
        return people.disabled(grades)
    if kind == DISABILITY_LIVING:
        return people.disabled(poor=True)
    if kind == SINGLE_PERSON:
        return people.heavy_without_aid(grades)
    if kind == DESTITUTE:
        return people.elders_alone(date(on.year - policy.elder_age.on(on), on.month, min(on.day, 28)))
    # Of the whole household: nobody of it can work, and nobody has aid (domain 4.3).
    whole = people.households_without_labour()
    return [PersonRef(one.household_id, one.area_code, "") for one in whole]


def _flag(
    entitlements: Sequence[Entitlement], *, value: bool, on: date, uow: UnitOfWork, checks: MemberChecks
) -> None:
    changes: dict[str, dict[str, dict[str, str]]] = {}
    for one in entitlements:
        flag = FIELD_OF.get(one.kind)
        if flag is None or (not value and _still(one, flag, uow)):
            continue
        persons = [one.person_id] if one.person_id else _present(one.household_id, uow)
        for person_id in persons:
            changes.setdefault(one.household_id, {}).setdefault(person_id, {})[flag] = (
                AIDED if value else NOT_AIDED
            )
    correct_registry(changes, uow, checks, on=on)


def _still(ended: Entitlement, flag: str, uow: UnitOfWork) -> bool:
    kinds = tuple(kind for kind, of in FIELD_OF.items() if of == flag)
    others = uow.assistance.entitlements.matching(
        household_id=ended.household_id, kind=kinds, state="granted"
    )
    return any(other.person_id in (None, ended.person_id) for other in others)


def _present(household_id: str, uow: UnitOfWork) -> list[str]:
    return [member.id for member in uow.households.get(household_id).present]


def _read(command: EntitlementCommand, uow: UnitOfWork) -> Entitlement:
    entitlement = uow.assistance.entitlements.get(command.entitlement_id)
    expect_version(entitlement, command.version)
    if command.unit and command.unit != entitlement.unit:
        raise NotYourRegisterError(unit=entitlement.unit)
    return entitlement
