from datetime import timedelta

from services.evaluation.service_layer.ledger.closing import ReopenProblem, reopen_problem
from services.evaluation.service_layer.supervision_due import propose_for_recurrences
from shared.persistence.engine import reading
from tests.evaluation.service_layer.ledger.conftest import Office


def come_back(office, problem_id, times):
    """Let a problem be reopened and closed again so often; the last time it stays open."""
    for number in range(times):
        if number:
            office.hand_over(problem_id)
            office.rectify(problem_id)
            while office.problem(problem_id).due_stage:
                office.check(problem_id)
        service = office.service
        service.clock.set(service.clock() + timedelta(minutes=1))
        reopen_problem(ReopenProblem(problem_id, "又漏雨"), service.uow(), service.ledger, office.acting)


def triggers(service):
    with reading(service.engine) as connection:
        query = "SELECT subject, unit, times, kind FROM accountability_trigger"
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_the_second_time_proposes_no_trigger(service):
    """Twice come back is a matter of a notice: no trigger is proposed."""
    office = Office(service)
    come_back(office, office.closed(), 2)
    assert 0 == propose_for_recurrences(service.uow(), service.supervision)
    assert [] == triggers(service)


def test_the_third_time_proposes_one(service):
    """The third recurrence is proposed once, with the three events in its file."""
    office = Office(service)
    problem_id = office.closed()
    come_back(office, problem_id, 3)
    done = [propose_for_recurrences(service.uow(), service.supervision) for _ in range(2)]
    assert [1, 0] == done
    assert [(problem_id, "610327109", 3, "recurrence")] == triggers(service)
    with service.uow() as uow:
        (told,) = [one for one in uow.journal.every() if one.fact == "evaluation.accountability_triggered"]
        recurred = {one.id for one in uow.journal.every() if one.fact == "evaluation.problem_recurred"}
    assert recurred <= set(told.data["cause_events"])
