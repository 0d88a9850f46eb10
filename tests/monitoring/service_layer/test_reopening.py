"""Return visits and reopenings through the commands."""

from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.screening_errors import NotEliminatedError, ReopeningOutcomeError
from services.monitoring.service_layer.reopening import (
    RecordReturnVisit,
    SettleReopening,
    record_return_visit,
    reopen,
    reopen_without_labour,
    settle_reopening,
)
from tests.monitoring.case_kit import case_of, move, registered, to_monitored, told

DAY = date(2022, 8, 1)


@pytest.fixture
def case_id(service, clock):
    """A household whose risk was eliminated."""
    made = case_of(service, registered(service))
    to_monitored(service, clock, made)
    move(clock, DAY)
    with service.uow() as uow:
        case = uow.cases.get(made)
        case.eliminate(Acting(DAY, "acc", ""))
        uow.cases.save(case)
        uow.commit()
    return made


def visit(service, case_id, **given):
    answers = dict.fromkeys(("income_above_line", "safeguards_hold", "risk_gone", "spending_solved"), True)
    command = RecordReturnVisit(case_id=case_id, on=DAY, **answers | given)
    return record_return_visit(command, service.uow(), service.clue_policy, service.screening_policy)


def reopenings(service):
    with service.uow() as uow:
        rows = uow.connection.exec_driver_sql("SELECT id, reason, due_on FROM reopenings").all()
    return [tuple(row) for row in rows]


def test_a_stable_household(service, case_id):
    """Nothing follows from a visit that found everything stable."""
    before = told(service)
    assert "stable" == visit(service, case_id)
    assert ([], before) == (reopenings(service), told(service))


def test_unstable_waits_for_the_county(service, case_id):
    """An income that fell again is proposed for rollback, fifteen days to decide."""
    assert "roll_back" == visit(service, case_id, income_above_line=False)
    ((_id, reason, due),) = reopenings(service)
    assert ("unstable", "2022-08-16") == (reason, str(due))


def test_a_new_risk_is_a_clue(service, case_id):
    """A new risk starts the whole procedure again: it becomes a clue, nothing is rolled back."""
    before = len(told(service, "clue_reported"))
    assert "identify_anew" == visit(service, case_id, risks=("100A27007",))
    assert ["100A27007"] == [one["risk"] for one in told(service, "clue_reported")[before:]]
    assert [] == reopenings(service)


def test_only_after_an_elimination(service, clock):
    """A household that is monitored is not revisited."""
    case_id = case_of(service, registered(service))
    move(clock, DAY)
    with pytest.raises(NotEliminatedError):
        visit(service, case_id)


def settle(service, outcome, note="入户核实收入不稳定"):
    ((reopening_id, _reason, _due),) = reopenings(service)
    settle_reopening(SettleReopening(reopening_id=reopening_id, outcome=outcome, note=note), service.uow())


def test_rolled_back(service, case_id):
    """Settled by a rollback, the household is monitored again and the county hears why."""
    visit(service, case_id, safeguards_hold=False)
    settle(service, "rolled_back")
    (event,) = told(service, "elimination_rolled_back")
    assert (case_id, "unstable") == (event["case_id"], event["reason"])
    with service.uow() as uow:
        assert CaseState.MONITORED is uow.cases.get(case_id).state


def test_it_stands(service, case_id):
    """Settled as it stands, nothing is rolled back; a reason is needed."""
    visit(service, case_id, safeguards_hold=False)
    with pytest.raises(ReasonMissingError):
        settle(service, "stands", note="  ")
    settle(service, "stands")
    assert [] == told(service, "elimination_rolled_back")


def test_raised_once(service, case_id):
    """The same doubt from the same origin is raised once, however often it is seen."""
    with service.uow() as uow:
        case = uow.cases.get(case_id)
        one = (case.id, case.household_id, case.area_code, "wrong_class", "sample:x")
        assert [1, 0] == [reopen(uow, service.screening_policy, *one) for _ in range(2)]
        uow.commit()
    with pytest.raises(ReopeningOutcomeError):
        settle(service, "rolled_back")


def test_without_labour(service, case_id):
    """Somebody can work there: nothing is listed. When nobody can, an elimination by help is, once."""
    assert 0 == reopen_without_labour(service.uow(), service.screening_policy)
    with service.uow() as uow:
        uow.connection.exec_driver_sql("UPDATE members SET labour_skill = '004'")
        uow.commit()
    # Eliminated without the procedure, as here, nobody said that it was by help.
    assert 0 == reopen_without_labour(service.uow(), service.screening_policy)
    with service.uow() as uow:
        _by_help(uow, case_id)
        uow.commit()
    assert [1, 0] == [reopen_without_labour(service.uow(), service.screening_policy) for _ in range(2)]
    assert ["no_labour"] == [reason for _id, reason, _due in reopenings(service)]


def _by_help(uow, case_id):
    case = uow.cases.get(case_id)
    uow.connection.exec_driver_sql(
        "INSERT INTO eliminations (id, version, case_id, household_id, area_code, way, proposed_on,"
        " last_step_on, state, county_reason, outcome, steps)"
        f" VALUES ('e1', 1, '{case_id}', '{case.household_id}', '{case.area_code}', '01', '2022-07-20',"
        " '2022-08-01', 'eliminated', '', '', 8)"
    )
