"""Cases brought to each point of the procedure, in memory and through the commands."""

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from services.monitoring.adapters.tables import messages
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState, ComparisonState
from services.monitoring.domain.publicity import Notice, Vote
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decision
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.household import register_household
from shared.kernel.clock import at_hour, day_of
from shared.persistence.engine import reading
from tests.monitoring.kit import VILLAGE, family

DAY = date(2022, 3, 1)
ILLNESS, WORK = "100A27001", "100A27009"


def acting(days: int = 0, note: str = "说明理由") -> Acting:
    """Somebody acts *days* after the case was opened."""
    return Acting(DAY + timedelta(days=days), "acc1", note)


def opened(**given) -> Case:
    """Return a case opened on DAY from a clue of the day before."""
    told: dict[str, Any] = {
        "id": "c1",
        "household_id": "h1",
        "area_code": VILLAGE,
        "risks": (ILLNESS,),
        "first_clue_on": DAY - timedelta(days=1),
        "clue_ids": ("k1",),
        "opened_on": DAY,
    }
    return Case.open(**told | given)


def a_vote(agree: int = 20, days: int = 1) -> Vote:
    return Vote(agree, 3, 2, DAY + timedelta(days=days))


def in_review(**given) -> Case:
    case = opened(**given)
    case.sign_authorisation(acting())
    case.send_for_comparison(acting(1))
    return case


def in_publicity(**given) -> Case:
    case = in_review(**given)
    case.record_vote(a_vote(), acting(1))
    case.start_notice(Notice(DAY + timedelta(days=2), 5), acting(2))
    return case


def in_town_review(*, compared: bool = True, **given) -> Case:
    case = in_publicity(**given)
    if compared:
        case.record_comparison((), acting(3))
    case.end_notice(acting(7))
    return case


def in_county_approval(**given) -> Case:
    case = in_town_review(**given)
    case.town_review(acting(8), passed=True)
    return case


def identified(**given) -> Case:
    case = in_county_approval(**given)
    case.approve("100A03001", acting(9), due_on=DAY + timedelta(days=14))
    return case


def monitored(**given) -> Case:
    case = identified(**given)
    case.announce(acting(10))
    return case


def eliminated(**given) -> Case:
    case = monitored(**given)
    case.eliminate(acting(200))
    return case


def rejected(**given) -> Case:
    case = in_review(**given)
    case.record_vote(Vote(1, 9, 0, DAY), acting(1))
    return case


def closed(**given) -> Case:
    case = opened(**given)
    case.refuse_authorisation(acting())
    return case


BUILDERS = {
    CaseState.VERIFIED: opened,
    CaseState.REVIEW: in_review,
    CaseState.PUBLICITY: in_publicity,
    CaseState.TOWN_REVIEW: in_town_review,
    CaseState.COUNTY_APPROVAL: in_county_approval,
    CaseState.IDENTIFIED: identified,
    CaseState.MONITORED: monitored,
    CaseState.ELIMINATED: eliminated,
    CaseState.REJECTED: rejected,
    CaseState.CLOSED: closed,
}
COMPARISONS = tuple(ComparisonState)


def registered(service, *, lifted_out: bool = True, household_no: str = "H001", **given) -> str:
    """Register a family through the command and return the household's id."""
    given.setdefault("household_type", "100A03A03" if lifted_out else "100A03A01")
    command = family(household_no, lifted_out=lifted_out, **given)
    return register_household(command, service.uow(), service.checks)


def case_of(service, household_id: str, risk: str = ILLNESS, **given) -> str:
    """Report and verify a clue and return the case's id; the clock stays where it is."""
    on = given.pop("on", date(2022, 7, 1))
    clue_id = report_clue(
        ReportClue(household_id=household_id, risk=risk, source="01", on=on),
        service.uow(),
        service.clue_policy,
    )
    case_id = verify_clue(VerifyClue(clue_id=clue_id, outcome="risk", on=on, **given), service.uow())
    assert case_id is not None
    return case_id


def to_county_approval(service, clock, case_id: str) -> None:
    """Take a case to the county by its commands; the clock moves eight days."""
    day = day_of(clock())
    steps.sign_authorisation(steps.SignAuthorisation(case_id=case_id), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=case_id), service.uow())
    steps.record_comparison(steps.RecordComparison(case_id=case_id), service.uow(), service.case_policy)
    steps.record_vote(steps.RecordVote(case_id=case_id, agree=20, disagree=1), service.uow())
    steps.start_notice(steps.StartNotice(case_id=case_id), service.uow(), service.case_policy)
    move(clock, day + timedelta(days=5))
    steps.end_notice(steps.EndNotice(case_id=case_id), service.uow())
    move(clock, day + timedelta(days=6))
    steps.town_review(steps.TownReview(case_id=case_id, passed=True), service.uow())
    move(clock, day + timedelta(days=8))


def to_monitored(service, clock, case_id: str, monitored_class: str = "100A03001") -> None:
    """Take a case through the whole procedure by its commands; the clock moves nine days."""
    to_county_approval(service, clock, case_id)
    approve = decision.CountyDecide(case_id=case_id, decision="approve", monitored_class=monitored_class)
    decision.county_decide(approve, service.uow(), service.case_policy)
    move(clock, day_of(clock()) + timedelta(days=1))
    decision.announce(decision.Announce(case_id=case_id), service.uow())


def move(clock, day: date) -> None:
    clock.set(at_hour(day, 10))


def told(service, *names: str) -> list[dict]:
    """Return the bodies of the events in the outbox, oldest first; only those of *names* when given."""
    with reading(service.engine) as connection:
        rows = connection.execute(select(messages.outbox).order_by(messages.outbox.c.position)).all()
    wanted = {f"monitoring.{name}.v1" for name in names}
    return [json.loads(row.envelope)["data"] for row in rows if not wanted or row.type in wanted]
