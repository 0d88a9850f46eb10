from datetime import date
from typing import get_type_hints

import pytest

from services.monitoring.domain import member
from services.monitoring.domain.case_facts import (
    Acting,
    Advanced,
    CaseRef,
    HelperFixed,
    Identified,
    Rejected,
    RolledBack,
)
from services.monitoring.domain.case_steps import Step
from services.monitoring.domain.elimination import Eliminated, EliminationState, Stepped
from services.monitoring.domain.household import Recorded
from services.monitoring.domain.measure import Answer, Answered, Measure, MeasureStatus, PlanRef, Requested
from services.monitoring.service_layer.publishing import publish
from shared.contracts.monitoring import PUBLISHED, v1
from tests.monitoring.kit import VILLAGE

PERSONAL = {"name", "id_number", "phone", "address", "document", "note", "by", "officer"}
DAY, DUE = date(2022, 7, 1), date(2022, 8, 1)
SECRET = "户主电话 13891234567"
CASE = CaseRef("c1", "h1", VILLAGE)
PLAN = PlanRef("c1", "h1", VILLAGE)
ACTING = Acting(DAY, "acc1", SECRET)
MEASURE = Measure("m1", "100A27001", "100A45", "003", "县医保局", "monitoring", requested_on=DAY, due_on=DUE)
FACTS = {
    "monitoring.case_advanced.v1": Advanced(
        CASE, Step.RECORD_COMPARISON, "comparing", "comparing_ok", "review", "review", 4, ACTING
    ),
    "monitoring.case_identified.v1": Identified(CASE, "100A03001", ("100A27001",), DAY, DUE, DAY),
    "monitoring.case_rejected.v1": Rejected(CASE, "vote", "vote_failed", DAY),
    "monitoring.helper_assigned.v1": HelperFixed(CASE, "B-1", DUE, False, DAY),
    "monitoring.measure_requested.v1": Requested(PLAN, MEASURE, DAY),
    "monitoring.measure_recorded.v1": Answered(
        PLAN, MEASURE, Answer("a1", MeasureStatus.DECLINED, DAY, "not_willing", SECRET)
    ),
    "monitoring.risk_eliminated.v1": Eliminated("c1", "h1", VILLAGE, "01", True, True, True, DAY),
    "monitoring.elimination_rolled_back.v1": RolledBack(CASE, "income", DAY),
}


@pytest.mark.parametrize("model", [*PUBLISHED, v1.Member])
def test_no_event_has_room_for_personal_data(model):
    """No published model has a field for a name, a number of a document, a telephone or free text."""
    assert set() == PERSONAL & set(get_type_hints(model))


def test_private_fact_nobody_registered_is_not_told():
    """Most private facts stay inside."""
    assert [] == list(publish(object()))


def test_snapshot_says_who_has_left():
    """A household is told with everybody who ever belonged to it, and who has left."""
    gone = member.Member(
        id="p1",
        person_no="H101",
        name="赵甲一",
        sex="1",
        born_on=date(1980, 1, 1),
        relation="001",
        labour_skill="001",
        joined_on=date(2022, 1, 1),
        left_on=date(2022, 6, 1),
    )
    fact = Recorded(
        household_id="h1",
        household_no="H1",
        area_code="610327109203",
        version=3,
        household_type="100A03A01",
        lifted_out=False,
        relocated=False,
        members=(gone,),
        on=date(2022, 6, 1),
    )
    (event,) = publish(fact)
    assert isinstance(event, v1.HouseholdRecorded)
    assert (3, True, "001") == (event.version, event.members[0].left, event.members[0].labour_skill)


@pytest.mark.parametrize("type_", FACTS)
def test_each_fact_is_told_as_its_event(type_):
    """A fact becomes exactly its event, with household, village and day, and nothing somebody wrote."""
    (event,) = publish(FACTS[type_])
    body = event.body()
    assert (type_, "h1", VILLAGE, "2022-07-01") == (
        event.type,
        body["household_id"],
        body["area_code"],
        body["occurred_on"],
    )
    assert SECRET not in str(body)


def test_some_facts_are_nobody_elses_business():
    """The steps of an elimination stay in the office."""
    assert [] == list(publish(Stepped("e1", 1, EliminationState.PROPOSED, ACTING)))
