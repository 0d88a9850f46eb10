"""Results and differences are pushed once, answered once, and told."""

import pytest

from services.monitoring.adapters.tables import comparison_differences, department_warnings, pushes
from services.monitoring.domain.comparison.difference import DifferenceStep
from services.monitoring.domain.comparison.errors import (
    DifferencesWaitError,
    NothingToPushError,
    NotOursError,
)
from services.monitoring.service_layer.clue import VerifyClue, verify_clue
from services.monitoring.service_layer.comparison.difference import AnswerDifference, answer_difference
from services.monitoring.service_layer.comparison.push import (
    AnswerPush,
    PushToDepartment,
    answer_push,
    push_to_all,
    push_to_department,
)
from tests.monitoring.comparison_kit import cost, deliver, insured, kept

UNIT = "县医保局"
RESULTS = PushToDepartment(department=UNIT, kind="results")


@pytest.fixture
def checked(service, household):
    """A warning that was looked into, without risk."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000))
    (clue,) = kept(service, department_warnings, "clue_id")[0]
    verify_clue(VerifyClue(clue_id=clue, outcome="no_risk", on=service.clock().date()), service.uow())


@pytest.fixture
def asked(service, household):
    """A difference that waits for the department."""
    deliver(service, "insured", insured(yes=False))
    (difference,) = kept(service, comparison_differences, "id")[0]
    command = AnswerDifference(
        difference_id=difference, step=DifferenceStep.ASK_DEPARTMENT, note="台账已核实"
    )
    answer_difference(command, service.uow())
    return difference


def test_results_are_pushed_once(service, checked, outbox):
    """The department is told of what became of its warning, and not a second time."""
    push_to_department(RESULTS, service.uow(), service.comparison)
    (told,) = outbox("monitoring.push_sent.v1")
    assert ("results", 1, UNIT) == (told["kind"], told["rows"], told["department"])
    with pytest.raises(NothingToPushError):
        push_to_department(RESULTS, service.uow(), service.comparison)


def test_waiting_warnings_are_no_results(service, household):
    """What nobody has checked is not sent back."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000))
    with pytest.raises(NothingToPushError):
        push_to_department(RESULTS, service.uow(), service.comparison)


def test_everything_that_waits_is_pushed(service, checked, asked):
    """Results and differences are two pushes; whom nothing waits for gets none."""
    made = push_to_all(service.uow(), service.comparison, departments=(UNIT, "县教体局"))
    assert [("differences",), ("results",)] == sorted(kept(service, pushes, "kind"))
    assert 2 == len(made)


def test_answer_is_the_department_s(service, checked, outbox):
    """Another department is refused; the owner's answer is told."""
    push = push_to_department(RESULTS, service.uow(), service.comparison)
    with pytest.raises(NotOursError):
        answer_push(AnswerPush(push_id=push, unit="县教体局"), service.uow())
    answer_push(AnswerPush(push_id=push, unit=UNIT, note="已阅"), service.uow())
    assert push == outbox("monitoring.push_answered.v1")[0]["push_id"]


def test_differences_are_answered_one_by_one(service, asked, outbox):
    """The push can't be answered over them; with the last one it is."""
    command = PushToDepartment(department=UNIT, kind="differences")
    push = push_to_department(command, service.uow(), service.comparison)
    with pytest.raises(DifferencesWaitError):
        answer_push(AnswerPush(push_id=push, unit=UNIT), service.uow())
    step = AnswerDifference(difference_id=asked, step=DifferenceStep.CORRECT_LIST, unit=UNIT)
    answer_difference(step, service.uow())
    assert [push] == [told["push_id"] for told in outbox("monitoring.push_answered.v1")]
