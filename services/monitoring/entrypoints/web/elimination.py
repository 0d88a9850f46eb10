"""Eliminations: those of a case with the criteria as they stand, and one with its steps."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.monitoring.adapters.case import Cases
from services.monitoring.adapters.elimination import Eliminations
from services.monitoring.adapters.household import Households
from services.monitoring.adapters.income import IncomeLedgers
from services.monitoring.adapters.measure import Plans
from services.monitoring.adapters.read_models import head_of, household_of, no_facts
from services.monitoring.adapters.read_models_case import (
    EliminationRow,
    case_of,
    elimination_of,
    elimination_steps_of,
    eliminations_of,
)
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import ObjectionNotFoundError
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.elimination import (
    STEPS,
    Elimination,
    EliminationState,
    EliminationStep,
)
from services.monitoring.domain.elimination_criteria import BY_HELP, WAYS, Criterion, Findings, Way
from services.monitoring.domain.measure_rules import labour_of
from services.monitoring.domain.timer import earliest_elimination
from services.monitoring.entrypoints.web.case import StepShown, roles_words
from services.monitoring.entrypoints.web.case_action import OFFICE, case_area, notice_for
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.elimination_action import elimination_area, section
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.elimination import criteria_of
from shared.web.asking import Crumb, TimelineEntry, View
from shared.web.i18n import Words
from shared.web.paging import Badge

__all__ = ["section"]

_OUTCOMES = {
    "vote_failed": Words("民主评议未通过", "the village meeting did not agree"),
    "objection_upheld": Words("异议成立", "an objection was upheld"),
    "county_refused": Words("县级未批准", "the county refused"),
}
_TRACK = (
    EliminationState.PROPOSED,
    EliminationState.VISITED,
    EliminationState.REVIEWED,
    EliminationState.PUBLICITY,
    EliminationState.TOWN_REVIEW,
    EliminationState.COUNTY_APPROVAL,
    EliminationState.ELIMINATED,
)


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One criterion as the page shows it."""

    words: Words
    evidence: Words
    mark: Badge
    met: bool | None
    confirmed: bool
    source: str
    ids: tuple[str, ...]


class Reads:
    """What the criteria look at, for a page: the repositories on a reading connection."""

    def __init__(self, connection: Connection, ask: MonitoringAsk) -> None:
        self.households = Households(connection, no_facts)
        self.ledgers = IncomeLedgers(connection, no_facts, ask.service.clock)
        self.cases = Cases(connection, no_facts, ask.service.clock)
        self.plans = Plans(connection, no_facts)
        self.eliminations = Eliminations(connection, no_facts, ask.service.clock)


@section.page(
    "/cases/{case_id}/eliminations", "elimination.read", "monitoring/eliminations.html", area_of=case_area
)
def list_eliminations(ask: MonitoringAsk, case_id: str) -> View:
    """Show the criteria of a monitored case as they stand today, and its eliminations."""
    with read(ask) as connection:
        case = case_of(connection, case_id, ask.service.clock)
        number, name = head_of(connection, case.household_id)
        rows = eliminations_of(connection, case_id)
        household = household_of(connection, case.household_id)
        found = _criteria(connection, case, None, BY_HELP, ask) if case.decided else ()
    whose = called(ask.officer, number, name)
    limits = ask.service.case_policy.limits
    earliest = None
    if case.identified_on is not None:
        earliest = earliest_elimination(case.identified_on, ask.today, limits)
    data = {
        "case_id": case_id,
        "version": case.version,
        "household": whose,
        "monitored": case.state is CaseState.MONITORED,
        "eliminated": case.state is CaseState.ELIMINATED,
        "earliest": earliest,
        "must_roll_back": case.state is CaseState.ELIMINATED and not labour_of(household.members).any,
        "criteria": [_criterion(one) for one in found],
        "eliminations": [_row(row) for row in rows],
        "busy": any(EliminationState(row.state) in _TRACK[:-1] for row in rows),
    }
    crumbs = (
        Crumb(Words("识别案件", "Cases"), "/cases"),
        Crumb(whose, f"/cases/{case_id}"),
        Crumb(Words("风险消除", "Elimination")),
    )
    return View(Words(f"风险消除：{whose.zh}", f"Elimination: {whose.en}"), data, crumbs=crumbs)


@section.page(
    "/eliminations/{elimination_id}",
    "elimination.read",
    "monitoring/elimination.html",
    area_of=elimination_area,
)
def show_elimination(ask: MonitoringAsk, elimination_id: str) -> View:
    """Show one elimination: each criterion with its evidence, and what can be done by whom."""
    with read(ask) as connection:
        one = elimination_of(connection, elimination_id, ask.service.clock)
        case = case_of(connection, one.case_id, ask.service.clock)
        number, name = head_of(connection, one.household_id)
        taken = elimination_steps_of(connection, elimination_id)
        found = _criteria(connection, case, one.findings, one.way, ask)
    whose = called(ask.officer, number, name)
    data = {
        "elimination": {
            "id": one.id,
            "version": one.version,
            "case_id": one.case_id,
            "household": whose,
            "way": Words(*WAYS[one.way]),
            "state": Words(one.state.label(), one.state.label("en")),
            "proposed_on": one.proposed_on,
            "outcome": _OUTCOMES.get(one.outcome),
            "county_reason": one.county_reason if ask.officer.role in OFFICE else "",
        },
        "track": [(str(state), Words(state.label(), state.label("en"))) for state in _TRACK],
        "state": str(one.state),
        "criteria": [_criterion(criterion) for criterion in found] if one.is_open else [],
        "snapshot": one.snapshot,
        "vote": one.vote,
        "notice": notice_for(ask, one.notice),
        "next_steps": [_step(one, step, ask) for step in EliminationStep],
        "history": [
            TimelineEntry(
                row.on,
                Words(EliminationState(row.to_state).label(), EliminationState(row.to_state).label("en")),
                Words(row.note, row.note) if row.note and ask.officer.role in OFFICE else None,
            )
            for row in taken
        ],
    }
    crumbs = (
        Crumb(Words("识别案件", "Cases"), "/cases"),
        Crumb(whose, f"/cases/{one.case_id}"),
        Crumb(Words("风险消除", "Elimination"), f"/cases/{one.case_id}/eliminations"),
        Crumb(Words("办理", "This one")),
    )
    return View(Words(f"风险消除：{whose.zh}", f"Elimination: {whose.en}"), data, crumbs=crumbs)


def _criteria(
    connection: Connection, case: Case, findings: Findings | None, way: Way, ask: MonitoringAsk
) -> tuple[Criterion, ...]:
    return criteria_of(
        case, findings, way, Acting(ask.today), Reads(connection, ask), ask.service.case_policy
    )


def _criterion(one: Criterion) -> CriterionShown:
    if one.met is None:
        mark = Badge("grey", Words("待核查", "open"))
    elif one.met:
        mark = Badge("green", Words("符合", "met"))
    else:
        mark = Badge("red", Words("不符合", "not met"))
        if not one.confirmed:
            mark = Badge("yellow", Words("不符合（仅提示）", "not met (warning)"))
    return CriterionShown(
        Words(*one.label), Words(*one.shown), mark, one.met, one.confirmed, one.source, one.ids
    )


def _row(row: EliminationRow) -> dict[str, object]:
    state = EliminationState(row.state)
    return {
        "id": row.id,
        "way": Words(*WAYS[row.way]),
        "state": Words(state.label(), state.label("en")),
        "proposed_on": row.proposed_on,
        "outcome": _OUTCOMES.get(row.outcome),
    }


def _step(one: Elimination, step: EliminationStep, ask: MonitoringAsk) -> StepShown:
    state, roles, zh, en = STEPS[step]
    refusal = one.refusal(step, ask.today)
    why = Words(refusal.text("zh"), refusal.text("en")) if refusal else None
    return StepShown(
        f"elimination.{step}",
        Words(zh, en),
        roles_words(roles),
        ask.officer.role in roles,
        one.state is state and not isinstance(refusal, ObjectionNotFoundError),
        why,
    )
