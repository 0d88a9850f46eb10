from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.measure import (
    Answer,
    Answered,
    Measure,
    MeasureStatus,
    Plan,
    Requested,
    first_deliveries,
)
from services.monitoring.domain.measure_errors import (
    MeasureNotFoundError,
    MeasureOfOtherUnitError,
    MeasureStatusError,
    NothingPlannedError,
)
from services.monitoring.domain.measure_rules import Category, Choice, Proposal
from shared.kernel.ids import SeededIds
from tests.monitoring.kit import VILLAGE

DAY, DUE = date(2022, 4, 1), date(2022, 5, 1)
ANSWERS = (MeasureStatus.ACCEPTED, MeasureStatus.DECLINED, MeasureStatus.WITHDRAWN, MeasureStatus.DELIVERED)


def category(code: str = "100A45", service: str = "monitoring", department: str = "县医保局") -> Category:
    return Category(
        code=code,
        label=("健康帮扶", "Health"),
        kind="safeguard",
        department=department,
        service=service,
        personal=False,
        values={"003": ("医疗救助", "medical aid")},
        confirmed=False,
        source="invented",
    )


HEALTH = Proposal("100A27001", Choice("100A45", "003"))


def planned(**given) -> Plan:
    plan = Plan(id="c1", household_id="h1", area_code=VILLAGE)
    plan.add(HEALTH, category(**given), SeededIds("measure"))
    return plan


def requested(**given) -> tuple[Plan, str]:
    plan = planned(**given)
    (measure,) = plan.request(DAY, DUE)
    plan.facts.clear()
    return plan, measure.id


def answer(status: MeasureStatus, day: date = DAY, key: str = "a1", reason: str = "no_vacancy") -> Answer:
    return Answer(key, status, day, reason, "说明")


class TestPlan:
    def test_request(self):
        """Asking tells each planned measure once with its due day; a second time there is nothing to ask."""
        plan = planned()
        plan.request(DAY, DUE)
        (fact,) = plan.facts
        assert isinstance(fact, Requested)
        assert (DUE, MeasureStatus.REQUESTED) == (fact.measure.due_on, plan.measures[0].status)
        with pytest.raises(NothingPlannedError):
            plan.request(DAY, DUE)

    def test_what_was_asked_is_fixed(self):
        """After it was requested a measure can be neither changed nor removed."""
        plan, measure_id = requested()
        with pytest.raises(MeasureStatusError):
            plan.change(measure_id, HEALTH, category())
        with pytest.raises(MeasureStatusError):
            plan.remove(measure_id)

    def test_change_and_remove(self):
        """Before, both are possible, and nobody is told."""
        plan = planned()
        measure_id = plan.measures[0].id
        plan.change(measure_id, Proposal("100A27002", Choice("100A47", "001")), category("100A47"))
        assert ("100A47", "001") == (plan.measures[0].category, plan.measures[0].code)
        plan.remove(measure_id)
        assert ((), []) == (plan.measures, plan.facts)

    def test_unknown(self):
        """A measure of another plan is not found."""
        with pytest.raises(MeasureNotFoundError):
            planned().remove("m9")


class TestAnswersHere:
    def test_accepted_and_delivered(self):
        """The unit takes it on, then delivers it; both are told with their rank as version."""
        plan, measure_id = requested()
        plan.answer(measure_id, answer(MeasureStatus.ACCEPTED), unit="县医保局")
        plan.answer(measure_id, answer(MeasureStatus.DELIVERED, key="a2"), unit="县医保局")
        assert MeasureStatus.DELIVERED == plan.measures[0].status
        assert [1, 4] == [fact.answer.status.rank for fact in plan.facts if isinstance(fact, Answered)]

    @pytest.mark.parametrize(
        ("given", "unit"),
        [({}, "县教体局"), ({"service": "employment", "department": "县人社局"}, "县人社局")],
    )
    def test_of_another_unit(self, given, unit):
        """Another unit can't answer, nor anybody here for a department that has its own service."""
        plan, measure_id = requested(**given)
        with pytest.raises(MeasureOfOtherUnitError):
            plan.answer(measure_id, answer(MeasureStatus.ACCEPTED), unit=unit)

    def test_twice(self):
        """A measure is accepted once, and not answered after it was delivered."""
        plan, measure_id = requested()
        plan.answer(measure_id, answer(MeasureStatus.ACCEPTED), unit="县医保局")
        with pytest.raises(MeasureStatusError):
            plan.answer(measure_id, answer(MeasureStatus.ACCEPTED, key="a2"), unit="县医保局")
        plan.answer(measure_id, answer(MeasureStatus.DELIVERED, key="a3"), unit="县医保局")
        with pytest.raises(MeasureStatusError):
            plan.answer(measure_id, answer(MeasureStatus.DECLINED, key="a4"), unit="县医保局")

    def test_declining_needs_a_reason(self):
        """A unit that declines says why."""
        plan, measure_id = requested()
        with pytest.raises(ReasonMissingError):
            plan.answer(measure_id, answer(MeasureStatus.DECLINED, reason=" "), unit="县医保局")


class TestReplan:
    def test_a_declined_measure_waits_for_another(self):
        """Declined, it is to be re-planned; the replacement names it and is asked for at once."""
        plan, measure_id = requested()
        plan.answer(measure_id, answer(MeasureStatus.DECLINED), unit="县医保局")
        assert [measure_id] == [measure.id for measure in plan.to_replan]

        replacement = plan.replan(measure_id, HEALTH, category(), SeededIds("replan"), on=DAY, due_on=DUE)

        assert (measure_id, MeasureStatus.REQUESTED) == (replacement.replaces, replacement.status)
        assert () == plan.to_replan

    def test_only_once_and_only_a_declined_one(self):
        """A measure that is not declined, or is replaced already, is refused."""
        plan, measure_id = requested()
        again = {"on": DAY, "due_on": DUE}
        with pytest.raises(MeasureStatusError):
            plan.replan(measure_id, HEALTH, category(), SeededIds("r1"), **again)
        plan.answer(measure_id, answer(MeasureStatus.DECLINED), unit="县医保局")
        plan.replan(measure_id, HEALTH, category(), SeededIds("r2"), **again)
        with pytest.raises(MeasureStatusError):
            plan.replan(measure_id, HEALTH, category(), SeededIds("r3"), **again)

    def test_withdrawn(self):
        """A measure taken back needs no replacement, and no longer counts as help."""
        plan, measure_id = requested()
        plan.withdraw(measure_id, answer(MeasureStatus.WITHDRAWN))
        assert ((), ()) == (plan.to_replan, plan.choices)


class TestTheFold:
    @given(
        st.lists(
            st.builds(
                Answer,
                id=st.uuids().map(str),
                status=st.sampled_from(ANSWERS),
                on=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_order_does_not_matter(self, answers):
        """However the answers came, status, counting answer and day of delivery are the same."""
        folded = [
            Measure("m", "r", "100A45", "003", "u", "monitoring", requested_on=DAY, answers=order)
            for order in permutations(answers)
        ]
        outcomes = {(one.status, one.last_answer, one.delivered_on) for one in folded}
        assert 1 == len(outcomes)

    def test_what_reached_the_household_counts(self):
        """A delivery outranks a refusal and a withdrawal that crossed it."""
        answers = tuple(answer(status, key=status) for status in ANSWERS)
        one = Measure("m", "r", "100A45", "003", "u", "monitoring", requested_on=DAY, answers=answers)
        assert MeasureStatus.DELIVERED == one.status

    def test_first_delivery_of_each_risk(self):
        """Per risk the earliest delivery of any of its measures counts."""
        early, late = date(2022, 5, 1), date(2022, 6, 1)
        measures = [
            Measure("m1", "r1", "c", "1", "u", "s", answers=(answer(MeasureStatus.DELIVERED, late),)),
            Measure("m2", "r1", "c", "1", "u", "s", answers=(answer(MeasureStatus.DELIVERED, early),)),
            Measure("m3", "r2", "c", "1", "u", "s", answers=(answer(MeasureStatus.ACCEPTED),)),
        ]
        assert {"r1": early} == first_deliveries(measures)
