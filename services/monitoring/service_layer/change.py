"""Commands on what happens to households."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.change import (
    Alarm,
    Circumstances,
    HouseholdChange,
    WarningThresholds,
    alarm_of,
)
from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.household import Household
from services.monitoring.service_layer.change_follow_up import expect_not_followed, follow_change
from services.monitoring.service_layer.clue import take_reports
from services.monitoring.service_layer.education.dropout import open_dropout
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.codes import codes
from shared.contracts.envelope import Envelope
from shared.kernel.money import Fen

DROPOUT = "dropout"
_LIST_OF_DETAIL = {
    "illness": "change_illness",
    "disability": "disability_kind",
    "disaster": "disaster",
    "accident": "change_accident",
    "dropout": "absence_reason",
    "house_damage": "change_house_damage",
    "water": "change_water",
    "industry_failure": "change_industry_failure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """Something happened to a household. *detail* is a code of its kind's list.

    *amount_fen* is the self-paid cost or the loss; *source* is the clue's, should it become one.
    """

    household_id: str
    kind: str
    detail: str
    on: date
    person_id: str | None = None
    amount_fen: Fen = 0
    source: str = "01"
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ChangeRecorded:
    """What came of it: *clue_id* is None when every threshold stayed unreached.

    *followed_by* is the housing alert, the water problem or the dropout case that now has the matter,
    and whose end resolves the change.
    """

    change_id: str
    clue_id: str | None
    alarm: Alarm | None
    followed_by: str | None = None


@dataclass(frozen=True, slots=True)
class ResolveChange:
    """What had happened is put right."""

    change_id: str
    on: date
    version: int | None = None


def detail_list(kind: str) -> str:
    """Return the key of the code list that details of *kind* are from; raises UnknownCodeError."""
    return _LIST_OF_DETAIL[code_in("change_kind", kind)]


def record_change(
    command: RecordChange, uow: UnitOfWork, thresholds: WarningThresholds, policy: CluePolicy
) -> ChangeRecorded:
    """Record what happened; raise a clue with it when a threshold is reached (domain 6.2).

    A dropout opens the child's case with the education bureau, whatever comes of the clue.
    """
    code_in(detail_list(command.kind), command.detail)
    code_in("clue_source", command.source)
    with uow:
        household = uow.households.get(command.household_id)
        if command.person_id is not None:
            household.member(command.person_id)
        change = HouseholdChange.record(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            kind=command.kind,
            detail=command.detail,
            person_id=command.person_id,
            amount=command.amount_fen,
            happened_on=not_after_today(command.on, uow.clock),
            recorded_by=command.by,
            note=command.note.strip(),
        )
        uow.changes.add(change)
        happened = uow.last_told()
        _note_health(change, household, uow)
        followed_by = follow_change(change, happened, uow, thresholds)
        if change.kind == DROPOUT:
            with uow.caused_by(happened):
                followed_by = open_dropout(change, policy.return_days, uow)
        alarm = alarm_of(change, _circumstances(change, household, uow), thresholds)
        clue_id = _raise_clue(command, change, happened, uow, policy) if alarm else None
        uow.commit()
    return ChangeRecorded(change.id, clue_id, alarm, followed_by)


def resolve_change(command: ResolveChange, uow: UnitOfWork) -> None:
    """Note that it is put right; what a register has under way is ended there, by whom it is for."""
    with uow:
        change = uow.changes.get(command.change_id)
        expect_version(change, command.version)
        change.area_code = uow.households.areas_of({change.household_id})[change.household_id]
        expect_not_followed(change, uow)
        change.resolve(not_after_today(command.on, uow.clock))
        uow.changes.save(change)
        uow.commit()


def _note_health(change: HouseholdChange, household: Household, uow: UnitOfWork) -> None:
    health = change.lasting_health
    if health is None or change.person_id is None:
        return
    household.note_health(change.person_id, health, on=change.happened_on)
    if household.facts:
        uow.households.save(household)


def _circumstances(change: HouseholdChange, household: Household, uow: UnitOfWork) -> Circumstances:
    cost, income = 0, None
    if change.kind == "illness" and change.person_id is not None:
        cost = uow.changes.illness_cost(household.id, change.person_id, change.happened_on.year)
    if change.kind == "industry_failure":
        ledger = uow.ledgers.latest_of(household.id)
        income = None if ledger is None else ledger.income.operating
    return Circumstances(household.lifted_out, cost, income)


def _raise_clue(
    command: RecordChange, change: HouseholdChange, happened: Envelope, uow: UnitOfWork, policy: CluePolicy
) -> str:
    report = report_of(
        policy,
        report_id=uow.ids(),
        household_id=change.household_id,
        area_code=change.area_code,
        risk=str(codes()["change_kind"].get(change.kind).extra["risk"]),
        source=command.source,
        reported_on=change.happened_on,
        cause=f"change:{change.id}",
        detail=change.detail if change.kind == "disaster" else "",
        by=command.by,
    )
    take_reports([report], uow, [happened])
    return report.clue_id
