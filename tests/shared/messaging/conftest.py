"""A small service with one table, on SQLite and on PostgreSQL, for the tests of the messages."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest
from sqlalchemy import BigInteger, Column, Engine, Integer, MetaData, String, Table

from shared.audit.tables import audit_tables
from shared.contracts.envelope import Envelope, EventData
from shared.kernel.clock import SetClock
from shared.kernel.errors import InvalidInputError
from shared.kernel.ids import SeededIds
from shared.messaging.bulk import upsert
from shared.messaging.intake import Reader
from shared.messaging.tables import message_tables
from shared.persistence.engine import open_engine
from shared.persistence.unit_of_work import SqlUnitOfWork

NOW = datetime(2022, 6, 1, 4, 0, tzinfo=UTC)
METADATA = MetaData()
MESSAGES = message_tables(METADATA)
audit_tables(METADATA)
LEVELS = Table(
    "levels",
    METADATA,
    Column("id", String(8), primary_key=True),
    Column("level", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
)


class LevelSet(EventData):
    """The level of something, as a snapshot."""

    type: ClassVar[str] = "monitoring.level_set.v1"
    level: int
    version: int = 1


class LevelSeen(EventData):
    """The consequence."""

    type: ClassVar[str] = "employment.level_seen.v1"
    level: int


def published(fact: object) -> list[EventData]:
    """Publish what the test raises, as it is."""
    assert isinstance(fact, EventData)
    return [fact]


class LevelRefusedError(InvalidInputError):
    """Raised for the level that the rule of this test forbids."""

    code = "level_refused"
    zh = "不接受{level}"
    en = "{level} is not accepted"


def set_levels(events, uow):
    """Upsert the levels of a batch and tell of each."""
    for event in events:
        if event.data["level"] == 13:
            raise LevelRefusedError(level=13)
        if event.data["level"] == 14:
            raise KeyError("a defect")
    rows = [{"id": e.subject, "level": e.data["level"], "version": e.data["version"]} for e in events]
    upsert(uow.connection, LEVELS, rows, newer="version")
    for event in events:
        seen = LevelSeen(household_id=event.subject, occurred_on=date(2022, 1, 1), level=event.data["level"])
        uow.publish(seen, cause=event)


@dataclass
class Example:
    """What a test needs of a service."""

    engine: Engine
    name: str = "employment"
    reader: Reader = field(
        default_factory=lambda: Reader("employment", ("monitoring",), {LevelSet.type: set_levels})
    )
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    ids: SeededIds = field(default_factory=lambda: SeededIds("test"))

    def uow(self):
        return SqlUnitOfWork(self.engine, MESSAGES, publish=published, clock=self.clock, ids=self.ids)

    def rows(self, table):
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(table.select())]


def level(household: str, value: int, version: int = 1) -> Envelope:
    """Return an event from elsewhere."""
    event = LevelSet(household_id=household, occurred_on=date(2022, 1, 1), level=value, version=version)
    return Envelope.seal(event, ids=SeededIds(f"{household}/{value}/{version}"), at=NOW)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def url(request, tmp_path):
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    return request.getfixturevalue("database")


@pytest.fixture
def example(url):
    """The example service on an empty database."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    yield Example(engine)
    engine.dispose()


@pytest.fixture(name="level")
def _level():
    return level


@pytest.fixture(name="levels")
def _levels():
    return LEVELS


@pytest.fixture(name="messages")
def _messages():
    return MESSAGES


@pytest.fixture
def new_example(tmp_path):
    """A maker of further example services, each with its own database."""
    made: list[Engine] = []

    def make():
        engine = open_engine(f"sqlite:///{tmp_path}/{len(made)}.db")
        METADATA.create_all(engine)
        made.append(engine)
        return Example(engine)

    yield make
    for engine in made:
        engine.dispose()
