import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import elimination_steps
from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.elimination import EliminationState
from services.monitoring.domain.elimination_errors import EliminationNotFoundError
from shared.kernel.errors import StaleVersionError
from shared.persistence.engine import reading
from tests.monitoring.case_kit import DAY, monitored, registered
from tests.monitoring.domain.test_elimination import at, proposed
from tests.monitoring.kit import VILLAGE


@pytest.fixture
def service(both_services):
    return both_services


@pytest.fixture
def household_id(service) -> str:
    """A household with the monitored case c1."""
    made = registered(service)
    with service.uow() as uow:
        uow.cases.add(monitored(household_id=made))
        uow.commit()
    return made


def kept(service, elimination):
    with service.uow() as uow:
        uow.eliminations.add(elimination)
        uow.commit()
    with service.uow() as uow:
        return uow.eliminations.get(elimination.id)


@pytest.mark.parametrize("state", list(EliminationState))
def test_gives_back_what_was_added(service, household_id, state):
    """An elimination in any state is read back equal, with findings, vote, notice and record."""
    one = at(state)
    one.household_id = household_id
    assert one == kept(service, one)


def test_unknown(service):
    """An elimination that is not there is not found."""
    with service.uow() as uow, pytest.raises(EliminationNotFoundError):
        uow.eliminations.get("nobody")


def test_one_at_a_time(service, household_id):
    """While one is open the database refuses a second; it is the open one of its case."""
    first = proposed()
    first.household_id = household_id
    kept(service, first)
    second = proposed()
    second.id, second.household_id = "e2", household_id
    with service.uow() as uow:
        assert first == uow.eliminations.open_of("c1")
        with pytest.raises(StaleVersionError):
            uow.eliminations.add(second)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("illness", False),
        ("disaster", False),
        ("industry_failure", False),
        ("dropout", True),
        ("house_damage", True),
        ("water", True),
    ],
)
def test_which_changes_stand_in_the_way(service, household_id, kind, counts):
    """Only what breaks a safeguard does, until it is put right: an illness is not put right."""
    change = HouseholdChange(
        id="ch1",
        household_id=household_id,
        area_code=VILLAGE,
        kind=kind,
        detail="001",
        person_id=None,
        amount=0,
        happened_on=DAY,
    )
    with service.uow() as uow:
        uow.changes.add(change)
        assert (("ch1",) if counts else ()) == uow.eliminations.open_changes(household_id)
        change.resolved_on = DAY
        uow.changes.save(change)
        assert () == uow.eliminations.open_changes(household_id)


def test_every_step_is_kept(service, household_id):
    """The history names each state it came to."""
    one = at(EliminationState.REVIEWED)
    one.household_id = household_id
    kept(service, one)
    with reading(service.engine) as connection:
        query = select(elimination_steps.c.state).order_by(elimination_steps.c.sequence)
        assert ["proposed", "visited", "reviewed"] == list(connection.execute(query).scalars())
