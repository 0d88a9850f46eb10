from services.evaluation.domain.ledger.state import State
from services.evaluation.service_layer.ledger.closing import (
    LookBack,
    ReopenProblem,
    look_back,
    reopen_problem,
)
from tests.evaluation.samples import TODAY


def test_the_last_recheck_closes(office):
    """Own check, department, county: then the problem is closed today."""
    kept = office.problem(office.closed())
    assert (State.CLOSED, TODAY) == (kept.state, kept.closed_on)
    assert ["self", "department", "county"] == [check.stage for check in kept.checks]


def test_sent_back_and_told(office):
    """A re-check that is not passed sends the problem back and is told with its stage."""
    one = office.enter()
    office.confirm(one)
    office.hand_over(one)
    office.rectify(one)
    office.check(one, passed=False)
    told = [data for kind, data in office.told(one) if kind == "problem_rechecked"]
    assert [("self", False)] == [(data["stage"], data["passed"]) for data in told]
    assert State.RETURNED is office.problem(one).state


def test_three_times_reopened_proposes_a_trigger(office, service):
    """Reopened a third time within the year, what is proposed is an accountability trigger."""
    one = office.closed()
    for _ in range(3):
        reopen_problem(ReopenProblem(one, "又漏雨"), service.uow(), service.ledger, office.acting)
        office.hand_over(one)
        office.rectify(one)
        while office.problem(one).due_stage:
            office.check(one)
    assert ["none", "notice", "trigger"] == [part.consequence for part in office.problem(one).recurrences]


def test_a_visit_that_finds_it_back(office, service):
    """What has not held is reopened; what has held stays closed."""
    held, back = office.closed(), office.closed(found_on=TODAY)
    look_back(LookBack(held, held=True), service.uow(), service.ledger, office.acting)
    look_back(LookBack(back, held=False, note="又漏雨"), service.uow(), service.ledger, office.acting)
    assert [State.CLOSED, State.REOPENED] == [office.problem(one).state for one in (held, back)]
