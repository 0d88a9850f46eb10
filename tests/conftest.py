"""What every test may ask for: the private servers, started when first asked for, and places in them."""

import itertools
import logging
import os
import socket
from collections.abc import Iterator
from typing import NoReturn

import hypothesis
import pytest
import structlog

from tests.support.certificates import Authority
from tests.support.kept_logs import pytest_sessionfinish  # noqa: F401  (a hook)
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ

_numbers = itertools.count(1)
_PURE = {"domain", "service_layer", "kernel"}

# The same examples in every run: a failure is about the change. HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are tested without a connection to anything."""
    if _PURE.intersection(request.path.parts):

        def refuse(*_: object) -> NoReturn:
            raise AssertionError("a test of a rule opens no connection")

        monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def logs_of_its_own() -> Iterator[None]:
    """Who lets this process log, as a command does, does so for its own test: its output is closed then."""
    configured, root = structlog.is_configured(), logging.getLogger()
    level = root.level
    yield
    if structlog.is_configured() and not configured:
        structlog.reset_defaults()
        logging.captureWarnings(capture=False)
        root.handlers = []  # pytest brings its own again
        root.setLevel(level)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who vouches for the private servers and for the clients of their TLS."""
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def rabbitmq(authority: Authority) -> Iterator[RabbitMQ]:
    """A running broker, shared by the session: leave it running and thawed, and work in ``vhost``."""
    with RabbitMQ(tls=authority) as broker:
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
