"""What every test may ask for: the private servers, started when first asked for, and places in them."""

import itertools
from collections.abc import Iterator

import pytest

from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[RabbitMQ]:
    """A running broker, shared by the session: leave it running and thawed, and work in ``vhost``."""
    with RabbitMQ() as broker:
        yield broker


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A running database server of the session: leave it running and thawed, and work in ``database``."""
    with PostgreSQL() as server:
        yield server


@pytest.fixture
def vhost(rabbitmq: RabbitMQ) -> Iterator[str]:
    """The address of an empty vhost of this test."""
    name = f"test{next(_numbers)}"
    yield rabbitmq.create_vhost(name)
    rabbitmq.delete_vhost(name)


@pytest.fixture
def database(postgresql: PostgreSQL) -> Iterator[str]:
    """The SQLAlchemy address of an empty database of this test."""
    name = f"test{next(_numbers)}"
    yield postgresql.create_database(name)
    postgresql.drop_database(name)
