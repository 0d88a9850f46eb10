from datetime import timedelta

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import case_steps
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import CaseNotFoundError
from services.monitoring.domain.case_steps import CaseState
from shared.kernel.errors import StaleVersionError
from shared.persistence.engine import reading
from tests.monitoring.case_kit import BUILDERS, DAY, acting, in_publicity, opened, registered, rejected


@pytest.fixture
def service(both_services):
    return both_services


def kept(service, case: Case) -> Case:
    with service.uow() as uow:
        uow.cases.add(case)
        uow.commit()
    return read(service, case.id)


def read(service, case_id: str) -> Case:
    with service.uow() as uow:
        return uow.cases.get(case_id)


@pytest.mark.parametrize("state", list(CaseState))
def test_gives_back_what_was_added(service, state):
    """A case in any state is read back equal, with its vote, notice and lists."""
    case = BUILDERS[state](household_id=registered(service))
    assert case == kept(service, case)


def test_an_objection_survives(service):
    """A notice with objections is read back as it was."""
    case = in_publicity(household_id=registered(service))
    case.raise_objection(acting(3))
    assert case.notice == kept(service, case).notice


def test_unknown(service):
    """A case that is not there is not found."""
    with pytest.raises(CaseNotFoundError):
        read(service, "nobody")


def test_second_writer_loses(service):
    """Of two people who read the same version, the second save is refused."""
    kept(service, opened(household_id=registered(service)))
    first, second = read(service, "c1"), read(service, "c1")
    first.sign_authorisation(acting())
    second.sign_authorisation(acting())
    with service.uow() as uow:
        uow.cases.save(first)
        uow.commit()
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.cases.save(second)


def test_one_open_case_per_household(service):
    """The database itself refuses a second open case; beside a closed one it is fine."""
    household_id = registered(service)
    kept(service, opened(household_id=household_id))
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.cases.add(opened(id="c2", household_id=household_id))

    with service.uow() as uow:
        ended = uow.cases.get("c1")
        ended.refuse_authorisation(acting())
        uow.cases.save(ended)
        uow.commit()
    second = kept(service, opened(id="c2", household_id=household_id))
    with service.uow() as uow:
        assert second == uow.cases.open_of(household_id)


def test_no_open_case(service):
    """A household whose only case was rejected has no open one."""
    household_id = registered(service)
    kept(service, rejected(household_id=household_id))
    with service.uow() as uow:
        assert uow.cases.open_of(household_id) is None


def test_every_step_is_kept(service):
    """The history has each step with its day, who took it and what was noted."""
    kept(service, opened(household_id=registered(service), by="acc0"))
    case = read(service, "c1")
    case.sign_authorisation(acting(1, "户主当面签署"))
    with service.uow() as uow:
        uow.cases.save(case)
        uow.commit()
    with reading(service.engine) as connection:
        rows = connection.execute(select(case_steps).order_by(case_steps.c.sequence)).all()
    assert [
        (1, "open", DAY, "acc0", ""),
        (2, "sign_authorisation", DAY + timedelta(days=1), "acc1", "户主当面签署"),
    ] == [(row.sequence, row.step, row.occurred_on, row.by, row.note) for row in rows]
