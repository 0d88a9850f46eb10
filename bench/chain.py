"""The work that is measured: three services, as small as services of this house can be.

``second`` keeps the newest count of a household and tells that it did: an inbox
row, a versioned upsert and an outbox row in one transaction. ``last`` hears it:
an inbox row.
"""

from collections.abc import Sequence

from shared.contracts.envelope import Envelope
from shared.messaging.bulk import upsert
from shared.messaging.intake import Reader
from shared.persistence.unit_of_work import SqlUnitOfWork
from tests.support.chain import HOUSEHOLDS, ChainService, ChainSettings, Counted, Followed

HOUSEHOLD_COUNT = 2000


def follow(events: Sequence[Envelope], uow: SqlUnitOfWork) -> None:
    """Keep the newest count of each household and tell that it was followed."""
    counts = [(envelope, Counted.model_validate(envelope.data)) for envelope in events]
    rows = [{"household_id": c.household_id, "version": c.version, "income": c.income} for _, c in counts]
    upsert(uow.connection, HOUSEHOLDS, rows, newer="version")
    for envelope, count in counts:
        followed = Followed(
            occurred_on=count.occurred_on,
            household_id=count.household_id,
            area_code=count.area_code,
            version=count.version,
            income=count.income,
            remark=count.remark,
        )
        uow.publish(followed, cause=envelope)


def hear(events: Sequence[Envelope], uow: SqlUnitOfWork) -> None:
    """Nothing more than the inbox row."""


READERS: dict[str, Reader[SqlUnitOfWork]] = {
    "first": Reader("first", (), {}),
    "second": Reader("second", ("first",), {Counted.type: follow}),
    "last": Reader("last", ("second",), {Followed.type: hear}),
}


def open_service(name: str, database_url: str, broker_url: str, *, batch_size: int) -> ChainService:
    """Return one of the three services."""
    settings = ChainSettings(database_url=database_url, broker_url=broker_url, batch_size=batch_size)
    return ChainService(name, settings, READERS[name])
