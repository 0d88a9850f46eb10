from sqlalchemy import select

from services.monitoring.adapters.tables import households, messages
from services.monitoring.service_layer.exchange.part import part_of, rehearsal_on
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import family


def kept(service):
    with service.engine.connect() as connection:
        recorded = messages.outbox.c.type == "monitoring.household_recorded.v1"
        told = connection.execute(select(messages.outbox.c.id).where(recorded)).all()
        return len(connection.execute(select(households.c.id)).all()), len(told)


def test_a_commands_commit_keeps_nothing_before_the_whole_is_committed(service):
    """Two commands in one transaction: neither is kept until the whole is, and both are told of then."""
    with service.uow() as uow:
        part = part_of(uow)
        register_household(family("H1"), part, service.checks)
        assert (0, 0) == kept(service)
    assert (0, 0) == kept(service)
    with service.uow() as uow:
        part = part_of(uow)
        register_household(family("H1"), part, service.checks)
        uow.commit()
    assert (1, 1) == kept(service)


def test_a_rehearsal_forgets_the_households(service):
    """Adding many and saving many write nothing; reading is real."""
    with service.uow() as uow:
        rehearsal = rehearsal_on(uow)
        rehearsal.households.add_many([])
        rehearsal.households.save_many([])
        assert not rehearsal.households.has_number("H1")
        with rehearsal:
            rehearsal.commit()
    assert (0, 0) == kept(service)
