import pytest
from sqlalchemy import text

from services.monitoring.adapters.household_version import versions_of
from services.monitoring.adapters.personal import UnreadablePersonalDataError, Vault, attach, vault_on
from services.monitoring.adapters.read_models import household_of
from services.monitoring.adapters.resealing import reseal
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import family, person, wife

NEW = "n" * 32


def test_after_resealing_the_new_key_alone_opens(both_services):
    """Members, households and history are readable with the new key alone, and found by number as before."""
    people = (person(phone="13909170001"), wife())
    given = family(persons=people, phone="13909170002")
    stored = register_household(given, both_services.uow(), both_services.checks)
    engine = both_services.engine
    old = vault_on(engine.dialect)
    index = "k" * 32

    both = Vault([NEW, index], index)
    assert old.key_id != both.key_id
    attach(engine, both)
    done = reseal(engine)
    attach(engine, Vault([NEW], index))
    with engine.connect() as connection:
        found = household_of(connection, stored)
        (version,) = versions_of(connection, stored)
        tokens = connection.execute(text("SELECT key FROM person_keys")).scalars().all()
    assert found.head is not None
    assert (people[0].id_number, "13909170001", "13909170002") == (
        found.head.id_number,
        found.head.phone,
        found.phone,
    )
    assert people[1].id_number == version.household.members[1].id_number
    assert (4, {both.key_id}) == (done, {token.split(".")[0] for token in tokens})
    assert 0 == reseal(engine)
    with both_services.uow() as uow:
        assert "H001" == uow.households.holder_of([people[0].id_number])


def test_before_resealing_the_new_key_alone_opens_nothing(both_services):
    """Who drops the old key too early reads nothing, and is told so."""
    stored = register_household(family(), both_services.uow(), both_services.checks)
    attach(both_services.engine, Vault([NEW], "k" * 32))
    with both_services.engine.connect() as connection, pytest.raises(UnreadablePersonalDataError):
        household_of(connection, stored)
