"""Three tiny services for tests of the broker and for measurements: first tells, second follows, last hears.

``first`` publishes ``counted``; ``second`` keeps the newest count of a household,
notes the effect and publishes ``followed``; ``last`` notes what it heard. Effects
are rows without any uniqueness of their own: an effect done twice is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import ClassVar

from pydantic_settings import SettingsConfigDict
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, func, insert, select

from shared.contracts.envelope import Envelope, EventData
from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import InvalidInputError
from shared.kernel.ids import Ids, random_ids
from shared.messaging.bulk import upsert
from shared.messaging.idempotency import idempotency_table
from shared.messaging.intake import Reader
from shared.messaging.tables import message_tables
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts
from shared.persistence.engine import open_engine
from shared.persistence.unit_of_work import InTransaction, SqlUnitOfWork
from shared.settings import ServiceSettings

DAY = date(2022, 3, 1)
METADATA = MetaData()
MESSAGES = message_tables(METADATA)
idempotency_table(METADATA)
HOUSEHOLDS = Table(
    "households",
    METADATA,
    Column("household_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("income", Integer, nullable=False),
)
EFFECTS = Table(
    "effects",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False),
)


class Counted(EventData):
    """A household was counted. *version* orders the counts; a negative income is refused by readers."""

    type: ClassVar[str] = "first.counted.v1"

    version: int = 1
    income: int = 0
    remark: str = ""


class Followed(EventData):
    """The second service has taken a count over."""

    type: ClassVar[str] = "second.followed.v1"

    version: int = 1
    income: int = 0
    remark: str = ""


class NegativeIncomeError(InvalidInputError):
    code = "negative_income"
    en = "An income is not negative"


class ChainSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="CHAIN_")


@dataclass(frozen=True)
class ChainService:
    """One of the three, as ``bootstrap`` of a real service would return it."""

    name: str
    settings: ChainSettings
    reader: Reader[SqlUnitOfWork]
    clock: Clock = system_clock
    ids: Ids = field(default=random_ids)

    @cached_property
    def engine(self) -> Engine:
        return open_engine(self.settings.database_url)

    def uow(self, with_it: InTransaction | None = None) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            self.engine, MESSAGES, publish=lambda _fact: (), clock=self.clock, ids=self.ids, with_it=with_it
        )

    def upgrade_database(self) -> None:
        METADATA.create_all(self.engine)

    def parts_of_sweep(self) -> Parts:
        return {"nothing": lambda: 0}

    def sweep(self) -> int:
        return 0

    def figures(self) -> Sequence[Figure]:
        return (Figure("chain_figure", "A figure of this test service", 1),)

    # What tests ask.

    def tell(self, events: Sequence[EventData]) -> list[Envelope]:
        """Commit *events* as a command would."""
        with self.uow() as uow:
            envelopes = [uow.publish(event) for event in events]
            uow.commit()
        return envelopes

    def waiting(self) -> int:
        """Return how many events lie in the outbox unpublished."""
        outbox = MESSAGES.outbox
        with self.engine.connect() as connection:
            query = select(func.count()).where(outbox.c.published_at.is_(None)).select_from(outbox)
            return connection.execute(query).scalar_one()

    def effects(self) -> list[str]:
        """Return the causes of all effects, sorted; one that was done twice is there twice."""
        with self.engine.connect() as connection:
            return sorted(connection.execute(select(EFFECTS.c.event_id)).scalars())

    def incomes(self) -> dict[str, int]:
        """Return what is kept of each household."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(HOUSEHOLDS.c.household_id, HOUSEHOLDS.c.income))
            return {row.household_id: row.income for row in rows}

    def set_aside(self) -> list[tuple[str, str]]:
        """Return kind and code of everything set aside, sorted."""
        aside = MESSAGES.set_aside
        with self.engine.connect() as connection:
            return sorted(
                (row.kind, row.code) for row in connection.execute(select(aside.c.kind, aside.c.code))
            )

    def outbox_ids(self) -> list[str]:
        """Return the ids of all events ever told."""
        with self.engine.connect() as connection:
            return sorted(connection.execute(select(MESSAGES.outbox.c.id)).scalars())


def follow(events: Sequence[Envelope], uow: SqlUnitOfWork) -> None:
    """Keep the newest count of each household and tell that it was followed."""
    counts = [(envelope, Counted.model_validate(envelope.data)) for envelope in events]
    if any(count.income < 0 for _, count in counts):
        raise NegativeIncomeError
    rows = [{"household_id": c.household_id, "version": c.version, "income": c.income} for _, c in counts]
    upsert(uow.connection, HOUSEHOLDS, rows, newer="version")
    note(events, uow)
    for envelope, count in counts:
        uow.publish(Followed(**count.model_dump()), cause=envelope)


def note(events: Sequence[Envelope], uow: SqlUnitOfWork) -> None:
    """Write one row for each event, whatever is there already."""
    uow.connection.execute(insert(EFFECTS), [{"event_id": envelope.id} for envelope in events])


READERS: dict[str, Reader[SqlUnitOfWork]] = {
    "first": Reader("first", (), {}),
    "second": Reader("second", ("first",), {Counted.type: follow}),
    "last": Reader("last", ("second",), {Followed.type: note}),
}


def open_chain_service(
    name: str, database_url: str, broker_url: str, *, batch_size: int = 200
) -> ChainService:
    """Return one of the three; its tables are made by ``upgrade_database``."""
    settings = ChainSettings(database_url=database_url, broker_url=broker_url, batch_size=batch_size)
    return ChainService(name, settings, READERS[name])


def counted(number: int, *, household: str | None = None, version: int = 1) -> Counted:
    """Return an invented count; *number* is its income."""
    return Counted(
        occurred_on=DAY,
        household_id=household or f"h{number}",
        area_code="610327100001",
        version=version,
        income=number,
        remark="x" * 200,
    )


def sealed(event: EventData, event_id: str) -> Envelope:
    """Return *event* in an envelope with an id of the test's choice."""
    return Envelope.seal(event, ids=lambda: event_id, at=datetime(2022, 3, 1, tzinfo=UTC))
