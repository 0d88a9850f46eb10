"""The dry run of the real services: their own units of work, all their tables, every sample they read."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, select

from deploy.embedded.county import County, open_county
from shared.contracts import claims
from shared.contracts.envelope import Envelope
from shared.contracts.registry import PUBLISHERS
from shared.kernel.clock import SetClock
from shared.messaging.dry_run import dry_run
from shared.messaging.intake import Reader, take_in
from shared.messaging.redrive import redrive
from shared.persistence.running import Service

NOW = datetime(2022, 6, 1, 4, 0, tzinfo=UTC)
SAMPLES = [
    Envelope.from_attributes(json.loads(file.read_bytes()))
    for publisher in PUBLISHERS
    for file in sorted((claims.FOLDER / publisher / "samples").glob("*.json"))
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A county without anybody in it."""
    directory: Path = tmp_path_factory.mktemp("county")
    county = open_county(directory, clock=SetClock(NOW), seed="dry run", unfinished=True)
    county.upgrade_databases()
    yield county
    county.close()


def broken(reader: Reader[Any]) -> Reader[Any]:
    """The reader with a defect for every event."""

    def fail(_events: object, _uow: object) -> None:
        raise ZeroDivisionError

    handlers = dict.fromkeys(reader.handlers, fail)
    return dataclasses.replace(reader, handlers=handlers, everything=reader.everything and fail)


def contents(engine: Engine) -> dict[str, list[str]]:
    """Return every row of every table."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }


@pytest.mark.parametrize("name", ["employment", "evaluation", "finance", "monitoring"])
def test_is_right_for_every_sample(county: County, name: str) -> None:
    """What it foresees (taken, at fault, told, rows) is what the re-drive does; it leaves no trace itself."""
    service: Service = getattr(county, name)
    events = [event for event in SAMPLES if service.reader.takes(event.type)]
    new_uow: Callable[[], Any] = service.uow
    take_in(events, new_uow(), broken(service.reader), at=NOW)
    ids = [event.id for event in events]

    before = contents(service.engine)
    foreseen = dry_run(new_uow, service.reader, ids, at=NOW)
    assert before == contents(service.engine)

    taken = redrive(new_uow(), service.reader, ids, at=NOW)
    after = contents(service.engine)
    assert taken.admitted == sum(one.fate == "taken" for one in foreseen.events)
    assert set(taken.set_aside) == {one.event_id for one in foreseen.events if one.fate == "at_fault"}
    assert taken.admitted > 0
    changes = {change.table: change for change in foreseen.changes}
    for table in after:
        change = changes.get(table)
        grown = change.inserted - change.deleted if change else 0
        assert (table, grown) == (table, len(after[table]) - len(before[table]))
        assert change is not None or before[table] == after[table]
    new_outbox = len(after["outbox"]) - len(before["outbox"])
    assert new_outbox == len(foreseen.told)
