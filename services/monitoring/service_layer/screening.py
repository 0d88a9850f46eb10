"""Commands on screening rounds: open, enter a village's visits, judge a household, close."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.risk import DISASTER, OTHER
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.domain.screening.judgement import Judgement, income_band
from services.monitoring.domain.screening.round import Coverage, ScreeningRound
from services.monitoring.domain.screening_errors import HouseholdElsewhereError, RoundOverlapsError
from services.monitoring.domain.visit import SCREENING
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.visit import RecordVisit, record_visits
from shared.kernel.clock import day_of
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenScreeningRound:
    """*focus* are codes of ``focus_reason``; *paper* is the county's document, empty when there is none."""

    name: str
    first_on: date
    last_on: date
    focus: tuple[str, ...] = ("01", "02", "03", "04", "05", "06", "07", "08")
    paper: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVillageVisits:
    """The households of one village that were reached on one day of a round, with nothing found there."""

    round_id: str
    area_code: str
    household_ids: tuple[str, ...]
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeHousehold:
    """What was judged of a household; *focus* are the reasons that made somebody look.

    *include* starts the identification: each risk becomes a clue.
    """

    household_id: str
    on: date
    focus: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    disaster: str = ""
    able_to_cope: bool = True
    unable_reason: str = ""
    include: bool = False
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseScreeningRound:
    round_id: str
    version: int | None = None


def open_screening_round(command: OpenScreeningRound, uow: UnitOfWork) -> str:
    """Open a round and return its id; refuses one whose days another has."""
    for reason in command.focus:
        code_in("focus_reason", reason)
    name = text_in(command.name.strip(), ("名称", "name"), most=60, least=2)
    paper = text_in(command.paper.strip(), ("文件", "paper"), most=200)
    with uow:
        one = ScreeningRound.open(
            on=day_of(uow.clock()),
            id=uow.ids(),
            name=name,
            first_on=command.first_on,
            last_on=command.last_on,
            focus=tuple(dict.fromkeys(command.focus)),
            paper=paper,
            opened_by=command.by,
        )
        if (other := uow.rounds.on(command.first_on, command.last_on)) is not None:
            raise RoundOverlapsError(name=other.name)
        uow.rounds.add(one)
        uow.commit()
    return one.id


def record_village_visits(
    command: RecordVillageVisits, uow: UnitOfWork, policy: CluePolicy
) -> tuple[str, ...]:
    """Record that the households were reached and nothing was found; one transaction for the village."""
    with uow:
        uow.rounds.get(command.round_id).require_visit(not_after_today(command.on, uow.clock))
        areas = uow.households.areas_of(command.household_ids)
    if set(areas.values()) != {command.area_code} or len(areas) != len(set(command.household_ids)):
        raise HouseholdElsewhereError
    visits = [
        RecordVisit(household_id=household_id, kind=SCREENING, on=command.on, by=command.by)
        for household_id in dict.fromkeys(command.household_ids)
    ]
    return record_visits(visits, uow, policy)


def judge_household(
    command: JudgeHousehold,
    uow: UnitOfWork,
    clue_policy: CluePolicy,
    policy: ScreeningPolicy,
    line: DatedFigure[int],
) -> str:
    """Record the judgement of a household and, when it is to be included, its clues; return its id."""
    _check(command)
    kind = disaster_in(command.risks, command.disaster, command.note)
    with uow:
        on = not_after_today(command.on, uow.clock)
        household = uow.households.get(command.household_id)
        ledger = uow.ledgers.latest_of(household.id)
        one = uow.rounds.on(on, on)
        judged = Judgement.make(
            risk_exists=bool(command.risks),
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            round_id=one.id if one is not None else None,
            made_on=on,
            focus=command.focus,
            income_band=income_band(
                ledger.income.net_per_head if ledger else None,
                line=line.on(on),
                focus_income=policy.focus_income.on(on),
            ),
            risks=tuple(dict.fromkeys(command.risks)),
            able_to_cope=command.able_to_cope,
            unable_reason=command.unable_reason,
            include=command.include,
            made_by=command.by,
            note=command.note.strip(),
        )
        uow.judgements.add(judged)
        if judged.include:
            _raise_clues(judged, kind, uow, clue_policy)
        uow.commit()
    return judged.id


def close_screening_round(command: CloseScreeningRound, uow: UnitOfWork) -> Coverage:
    """End a round with what it came to in the county; not early while households are left."""
    with uow:
        one = uow.rounds.get(command.round_id)
        expect_version(one, command.version)
        found = uow.rounds.coverage(one.id)
        one.close(found, on=day_of(uow.clock()))
        uow.rounds.save(one)
        uow.commit()
    return found


def _check(command: JudgeHousehold) -> None:
    for reason in command.focus:
        code_in("focus_reason", reason)
    for risk in command.risks:
        code_in("risk", risk)
    if command.unable_reason:
        code_in("unable_reason", command.unable_reason)


def _raise_clues(judged: Judgement, kind: str, uow: UnitOfWork, policy: CluePolicy) -> None:
    take_reports(
        [
            report_of(
                policy,
                report_id=uow.ids(),
                household_id=judged.household_id,
                area_code=judged.area_code,
                risk=risk,
                source="01",
                reported_on=judged.made_on,
                cause=f"judgement:{judged.id}",
                detail=kind if risk == DISASTER else "",
                note=judged.note if risk == OTHER else "",
                by=judged.made_by,
            )
            for risk in judged.risks
        ],
        uow,
    )
