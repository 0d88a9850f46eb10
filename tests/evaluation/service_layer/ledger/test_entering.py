from datetime import date

import pytest

from services.evaluation.domain.ledger.errors import LedgerDayError, UnknownLedgerUnitError
from services.evaluation.domain.ledger.state import Level, State
from services.evaluation.service_layer.ledger.closing import ReopenProblem, reopen_problem
from services.evaluation.service_layer.ledger.entering import (
    FixOnTheSpot,
    HandOverProblem,
    RejectProblem,
    fix_on_the_spot,
    hand_over_problem,
    reject_problem,
)
from shared.kernel.errors import StaleVersionError
from tests.evaluation.samples import TODAY


def test_numbers_follow_each_other(office):
    """Problems are numbered through the year in which they are registered."""
    numbers = [office.problem(office.enter()).number for _ in range(2)]
    assert ["2023-00001", "2023-00002"] == numbers


def test_entering_tells_codes_and_no_words(office):
    """What is published holds unit, source and category, on the day of the finding; never the text."""
    ((kind, data),) = office.told(office.enter())
    assert ("problem_registered", "2022-12-01", "province") == (kind, data["occurred_on"], data["source"])
    assert "房屋漏雨" not in str(data)


def test_what_a_cause_gives_is_entered_once(office):
    """An id that comes from a cause and is known changes nothing."""
    assert office.enter(problem_id="x1") == office.enter(problem_id="x1")
    assert 1 == len(office.told("x1"))


def test_found_again_a_second_time_proposes_a_notice(office):
    """The same unit, category and cause: the first recurrence proposes nothing, the second a notice."""
    office.closed()
    second = office.closed(found_on=TODAY)
    third = office.enter(found_on=TODAY)
    office.confirm(third)
    of_second = [data for kind, data in office.told(second) if kind == "problem_recurred"]
    of_third = [data for kind, data in office.told(third) if kind == "problem_recurred"]
    assert [(1, "none")] == [(one["times"], one["consequence"]) for one in of_second]
    assert [(2, "notice")] == [(one["times"], one["consequence"]) for one in of_third]


def test_found_while_the_earlier_was_closed_is_a_recurrence_after_its_reopening(office, service):
    """Found between closing and reopening, confirmed after: what had come back is the closing of then."""
    office.day = date(2022, 12, 1)
    earlier = office.closed()
    office.day = TODAY
    reopen_problem(ReopenProblem(earlier, "又漏雨"), service.uow(), service.ledger, office.acting)
    found = office.enter(found_on=date(2022, 12, 20))
    office.confirm(found)
    (one,) = office.problem(found).recurrences
    assert (earlier, 2, True) == (one.earlier_id, one.times, one.counts)
    assert date(2022, 12, 1) == office.problem(earlier).recurrences[0].closed_on


def test_another_cause_is_no_recurrence(office):
    """What was closed for one cause does not come back as another."""
    office.closed()
    other = office.enter(found_on=TODAY)
    office.confirm(other, cause="funds")
    assert () == office.problem(other).recurrences


def test_rejecting_and_fixing_at_once(office, service):
    """Both end a problem; the reason and what was done stay in the ledger."""
    untrue, fixed = office.enter(), office.enter()
    reject_problem(RejectProblem(untrue, "查无此事"), service.uow(), office.acting)
    fix_on_the_spot(FixOnTheSpot(fixed, "当场补齐", "照片"), service.uow(), office.acting)
    assert State.REJECTED is office.problem(untrue).state
    assert ("当场补齐", State.CLOSED) == (office.problem(fixed).progress[0].text, office.problem(fixed).state)


def test_a_lead_unit_must_be_known(office, service):
    """A lead unit nobody assesses is refused, and nothing is kept."""
    one = office.enter()
    office.confirm(one)
    command = HandOverProblem(one, Level.TOWN, TODAY, "县外局")
    with pytest.raises(UnknownLedgerUnitError):
        hand_over_problem(command, service.uow(), service.ledger, office.acting)
    assert State.CONFIRMED is office.problem(one).state


def test_two_people_at_once(office, service):
    """Who decides on what he has not seen is told to look again."""
    one = office.enter()
    seen = office.problem(one).version
    office.confirm(one)
    with pytest.raises(StaleVersionError):
        reject_problem(RejectProblem(one, "查无此事", seen=seen), service.uow(), office.acting)


def test_nothing_is_found_tomorrow(office):
    """A day of finding after today is refused."""
    with pytest.raises(LedgerDayError):
        office.enter(found_on=date(2023, 1, 11))
