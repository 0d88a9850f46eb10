from datetime import date

import pytest

from services.monitoring.domain.environment.toilet import ToiletNotFoundError
from services.monitoring.domain.environment.toilet_problem import ProblemStep, ToiletProblemOpenError
from services.monitoring.domain.process import StepNotPossibleError
from services.monitoring.service_layer.environment.toilet import register_toilets
from services.monitoring.service_layer.environment.toilet_problem import (
    CheckToilets,
    FindToiletProblem,
    OrderRectification,
    ReopenToilet,
    SendToiletBack,
    SetToiletAside,
    check_toilets,
    find_toilet_problems,
    order_rectification,
    reopen_toilet,
    send_toilet_back,
    set_toilet_aside,
)
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.environment.test_toilet import toilet

FOUND, CLOSED = "monitoring.toilet_problem_found.v1", "monitoring.toilet_problem_closed.v1"
REOPENED = "monitoring.toilet_problem_reopened.v1"
LATER = date(2022, 6, 25)
CHECKS = (ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK)


@pytest.fixture(name="toilet_ids")
def _toilet_ids(service, household):
    commands = [toilet(household, f"HC{one:03d}", usable=False) for one in range(20)]
    return register_toilets(commands, DAY, service.uow())


@pytest.fixture(name="problems")
def _problems(service, toilet_ids):
    return find(service, toilet_ids)


def find(service, toilet_ids, on=DAY):
    commands = [FindToiletProblem(toilet_id=one, kind="2", tags=("02", "bad"), on=on) for one in toilet_ids]
    return find_toilet_problems(commands, service.uow(), service.environment_policy)


def order(service, problem):
    order_rectification(
        OrderRectification(problem_id=problem, way="at_once", on=DAY),
        service.uow(),
        service.environment_policy,
    )


def check(service, problems, steps=CHECKS):
    for step in steps:
        check_toilets(CheckToilets(problem_ids=tuple(problems), step=step, on=LATER), service.uow())


def test_survey_and_rectification_of_many(service, problems, toilet_ids, outbox):
    """Twenty found, rectified and sampled together: each told twice, each toilet usable again."""
    for problem in problems:
        order(service, problem)
    check(service, problems)
    assert (
        set(problems)
        == {told["problem_id"] for told in outbox(FOUND)}
        == {told["problem_id"] for told in outbox(CLOSED)}
    )
    assert {("2022-06-30", False, "2")} == {
        (told["due_on"], told["limit_confirmed"], told["kind"]) for told in outbox(FOUND)
    }
    with service.uow() as uow:
        assert {True} == {one.usable for one in uow.environment.toilets.where("id", toilet_ids)}


def test_check_is_all_or_none(service, problems, outbox):
    """One that nobody rectified stops the whole round of checks."""
    order(service, problems[0])
    with pytest.raises(StepNotPossibleError):
        check(service, problems[:2], (ProblemStep.VILLAGE_CHECK,))
    with service.uow() as uow:
        assert "rectifying" == uow.environment.problems.get(problems[0]).state
    assert [] == outbox(CLOSED)


def test_toilet_has_one_open_problem(service, problems, toilet_ids):
    """A toilet with an open problem, an unknown one, or one named twice is refused."""
    for ids, refusal in (
        (toilet_ids[:1], ToiletProblemOpenError),
        (["nobody"], ToiletNotFoundError),
        (["nobody", "nobody"], ToiletProblemOpenError),
    ):
        with pytest.raises(refusal):
            find(service, ids)
    assert len(problems) == len(toilet_ids)


def test_reopened_by_an_inspection(service, problems, outbox):
    """A closed problem found not rectified is open again and told with its number."""
    order(service, problems[0])
    check(service, problems[:1])
    reopen = ReopenToilet(problem_id=problems[0], on=LATER, note="仍渗漏")
    reopen_toilet(reopen, service.uow(), service.environment_policy)
    assert [(problems[0], 1)] == [(told["problem_id"], told["sequence"]) for told in outbox(REOPENED)]


def test_no_reopening_beside_a_new_problem(service, problems, toilet_ids, outbox):
    """While the toilet has a newer open problem, the old one is not reopened."""
    order(service, problems[0])
    check(service, problems[:1])
    find(service, toilet_ids[:1], LATER)
    with pytest.raises(ToiletProblemOpenError):
        reopen_toilet(
            ReopenToilet(problem_id=problems[0], on=LATER, note="仍渗漏"),
            service.uow(),
            service.environment_policy,
        )
    assert [] == outbox(REOPENED)


def test_side_ways_and_back(service, problems, outbox):
    """Unwilling, ordered again, returned by the town: nothing is told of it."""
    before = len(outbox())
    aside = SetToiletAside(problem_id=problems[0], step=ProblemStep.NOTE_UNWILLING, on=DAY, note="户主外出")
    set_toilet_aside(aside, service.uow())
    order(service, problems[0])
    check(service, problems[:1], (ProblemStep.VILLAGE_CHECK,))
    back = SendToiletBack(problem_id=problems[0], on=LATER, note="未清掏")
    send_toilet_back(back, service.uow(), service.environment_policy)
    with service.uow() as uow:
        assert "rectifying" == uow.environment.problems.get(problems[0]).state
    assert before == len(outbox())
