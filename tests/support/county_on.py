"""The four services of a county, opened by a test on any databases and any broker."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import MetaData, select

from services.employment.bootstrap import Employment
from services.evaluation.bootstrap import Evaluation
from services.finance.bootstrap import Finance
from services.monitoring.bootstrap import Monitoring
from services.monitoring.service_layer.quality.run import run_rules
from shared.kernel.clock import BusinessClock, Clock, at_hour
from shared.kernel.ids import derived_id
from shared.messaging.idempotency import IdempotentRequest, claimed_before
from shared.persistence.running import Service
from shared.testing.readers import final_state

NAMES = ("monitoring", "employment", "finance", "evaluation")


class CommandIds:
    """Identifiers that depend only on the command at hand and how many it asked for.

    A command tried again names the same things, whoever acted meanwhile.
    """

    def __init__(self) -> None:
        self._command = ""
        self._count = 0

    def __call__(self) -> str:
        self._count += 1
        return derived_id("test", self._command, str(self._count))

    def begin(self, command: str) -> None:
        """Give out the ids of *command* from now on, from the first."""
        self._command, self._count = command, 0


@dataclass(frozen=True)
class TestCounty:
    """The services as this process opened them; others may have the same databases open."""

    __test__ = False

    monitoring: Monitoring
    employment: Employment
    finance: Finance
    evaluation: Evaluation
    ids: CommandIds
    requests: list[IdempotentRequest] = field(default_factory=list)
    addresses: Mapping[str, str] = field(default_factory=dict)
    broker_url: str = ""
    clock_file: Path | None = None

    @property
    def services(self) -> tuple[Service, ...]:
        return (self.monitoring, self.employment, self.finance, self.evaluation)

    def service(self, name: str) -> Service:
        return {service.name: service for service in self.services}[name]

    def begin(self, command: str) -> None:
        """Let everything that follows belong to *command*, a name of its own."""
        self.ids.begin(command)
        self.requests[:] = [IdempotentRequest("test", command, "test", at_hour(date(2022, 1, 1), 9))]

    def uow(self, name: str) -> Any:
        """Return a unit of work of the service *name* that keeps the command's key with what it does."""
        return self.service(name).uow(self.requests[0])

    def accepted(self) -> bool:
        """Whether the command at hand was committed, asked of the databases."""
        for service in self.services:
            with service.engine.connect() as connection:
                if claimed_before(connection, self.requests[0]) is not None:
                    return True
        return False

    def live_on(self, day: date) -> None:
        """Let it be the morning of *day* for every process of the county."""
        assert self.clock_file is not None
        BusinessClock(self.clock_file).move_to(at_hour(day, 9))

    def waiting(self) -> int:
        """Return how many events wait in all outboxes."""
        found = 0
        for service in self.services:
            outbox = metadata_of(service.name).tables["outbox"]
            with service.engine.connect() as connection:
                found += len(
                    connection.execute(select(outbox.c.id).where(outbox.c.published_at.is_(None))).all()
                )
        return found

    def missing(self) -> int:
        """Return how many deliveries are still to be made: events a reader takes and does not know yet."""
        return sum(
            len(ids)
            for publisher in self.services
            for reader in self.services
            if publisher is not reader
            for ids in [self._not_arrived(publisher, reader)]
        )

    def set_aside(self) -> list[tuple[str, str, str]]:
        """Return service, kind and code of everything set aside, sorted."""
        found = []
        for service in self.services:
            aside = metadata_of(service.name).tables["set_aside"]
            with service.engine.connect() as connection:
                rows = connection.execute(select(aside.c.kind, aside.c.code))
                found += [(service.name, row.kind, row.code) for row in rows]
        return sorted(found)

    def close(self) -> None:
        for service in self.services:
            service.engine.dispose()

    def _not_arrived(self, publisher: Service, reader: Service) -> set[str]:
        outbox = metadata_of(publisher.name).tables["outbox"]
        with publisher.engine.connect() as connection:
            rows = connection.execute(select(outbox.c.id, outbox.c.type)).all()
        wanted = {row.id for row in rows if reader.reader.takes(row.type)}
        tables = metadata_of(reader.name).tables
        with reader.engine.connect() as connection:
            known = set(connection.execute(select(tables["inbox"].c.event_id)).scalars())
            known |= set(connection.execute(select(tables["set_aside"].c.event_id)).scalars())
        return wanted - known


PERSONAL_KEYS: dict[str, Any] = {"personal_data_keys": ("k" * 32,)}
"""The same for every county, so that two of them can be compared row by row."""


def open_on(
    addresses: Mapping[str, str],
    broker_url: str,
    clock_file: Path,
    *,
    clock: Clock | None = None,
    upgrade: bool = True,
    own_keys: bool = False,
) -> TestCounty:
    """Open the four services on *addresses* (by name); without *clock* they live by *clock_file*.

    With *own_keys* personal data is opened with the key that lies beside the databases.
    """
    ids = CommandIds()
    opened: dict[str, Any] = {}
    for name in NAMES:
        given = PERSONAL_KEYS if name == "monitoring" and not own_keys else {}
        settings = _settings(name).Settings(
            database_url=addresses[name], broker_url=broker_url, clock_file=clock_file, **given
        )
        bootstrap: Callable[..., Any] = import_module(f"services.{name}.bootstrap").bootstrap
        opened[name] = bootstrap(settings, clock=clock, ids=ids)
        if upgrade:
            opened[name].upgrade_database()
    return TestCounty(**opened, ids=ids, addresses=addresses, broker_url=broker_url, clock_file=clock_file)


def sqlite_in(directory: Path) -> dict[str, str]:
    """Return the addresses of a county in *directory*, as the embedded one has them."""
    return {name: f"sqlite:///{directory / name}.db" for name in NAMES}


def _settings(name: str) -> ModuleType:
    return import_module(f"services.{name}.settings")


def metadata_of(name: str) -> MetaData:
    """Return every table of the service *name*."""
    found = import_module(f"services.{name}.adapters.tables").messages.outbox.metadata
    assert isinstance(found, MetaData)
    return found


OF_A_MOMENT = (
    "idempotency",
    *("data_errors", "data_error_steps", "quality_runs", "escalations", "reports", "report_figures"),
    *("progress_reports", "meeting_duties", "demonstration_sites", "reporting_task"),
)
"""Tables on what was late or wrong at the moment at which somebody looked: a household half told may
have been, and what the clock finds depends on when a worker looked. ``standing_errors`` compares the end."""
OF_A_MOMENT_TOLD = {
    "monitoring.data_error_found.v1",
    "monitoring.data_error_fixed.v1",
    "monitoring.quality_run_completed.v1",
    "monitoring.report_due.v1",
    "evaluation.progress_due.v1",
    "evaluation.quarter_meeting_due.v1",
    "evaluation.site_planned.v1",
    "evaluation.report_task_opened.v1",
    "evaluation.report_task_overdue.v1",
    "finance.keeper_pay_due.v1",
}


_ERRORS_COUNTED = re.compile(r"'monitoring\.data_error_(?:found|fixed)': \d+, ")


def final_state_of(county: TestCounty) -> dict[str, list[str]]:
    """Return what must be the same at the end, whenever and how often workers looked at the clock."""
    run_rules(county.monitoring.uow(), county.monitoring.quality)
    state = state_of(county, without=OF_A_MOMENT)
    told = {f"{service.name}.{table}" for service in county.services for table in ("inbox", "outbox")}
    for table in (*told, "evaluation.journal"):
        state[table] = [row for row in state[table] if not any(kind in row for kind in OF_A_MOMENT_TOLD)]
    cards = state["evaluation.household_card"]
    state["evaluation.household_card"] = sorted(_ERRORS_COUNTED.sub("", card) for card in cards)
    return {**state, "monitoring.standing_errors": _standing_errors(county)}


def _standing_errors(county: TestCounty) -> list[str]:
    errors = metadata_of("monitoring").tables["data_errors"]
    with county.monitoring.engine.connect() as connection:
        found = connection.execute(select(errors.c.standing).where(errors.c.standing.is_not(None)))
        return sorted(found.scalars())


OF_REFUSALS = ("audit_entry", "audit_head")
"""Tables of the audit trail. What was refused is entered there: that is no effect of what was asked for."""


def state_of(county: TestCounty, *, without: tuple[str, ...] = ("idempotency",)) -> dict[str, list[str]]:
    """Return every row of every table of the county, without the times at which things were written.

    Two counties in which the same was done have the same state, whatever database
    they are on and in which order, how often and in which batches events came.
    """
    state: dict[str, list[str]] = {}
    for service in county.services:
        metadata = metadata_of(service.name)
        for name, rows in final_state(service.engine, metadata).items():
            if name not in without:
                state[f"{service.name}.{name}"] = rows
        for table in metadata.sorted_tables:
            if "envelope" in table.columns:
                with service.engine.connect() as connection:
                    texts = connection.execute(select(table.c.envelope)).scalars().all()
                state[f"{service.name}.{table.name}"] = sorted(map(_timeless, texts))
    return state


def _timeless(envelope: str) -> str:
    event = json.loads(envelope)
    event.pop("time")
    return json.dumps(event, ensure_ascii=False, sort_keys=True)


def differences(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the rows that only one of two states has: what a failed comparison should show."""
    found = {}
    for table in sorted({*one, *other}):
        first, second = one.get(table, []), other.get(table, [])
        if first != second:
            odd = [f"- {row}" for row in first if row not in second]
            odd += [f"+ {row}" for row in second if row not in first]
            found[table] = odd[:6] or [f"{len(first)} rows against {len(second)}"]
    return found
