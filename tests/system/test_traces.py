"""One trace leads from a request at one office to what another does with it, over the broker."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.monitoring.entrypoints.web.app import create_app
from services.monitoring.service_layer.clue import ReportClue, report_clue
from shared.accounts import Accounts, NewAccount, Passwords
from shared.broker.consume import Batch, BatchReader
from shared.broker.relay import OutboxRelay
from shared.broker.watch import Watch
from shared.kernel.clock import SetClock, at_hour
from shared.messaging.intake import take_in
from shared.observability import tracing
from shared.observability.spans import Spans
from shared.persistence.engine import open_engine
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.monitoring.case_kit import registered
from tests.monitoring.kit import DAY
from tests.support.county_on import TestCounty, open_on, sqlite_in
from tests.support.lent_site import lent_site

VILLAGER = NewAccount("shangcha", "上岔村网格员", "village", "固关镇上岔村", "610327109203")
PASSWORD = "walnut-and-bees"


@pytest.fixture(name="exporter")
def _exporter():
    exporter = InMemorySpanExporter()
    tracing.use(Spans("county", exporter, at_once=True))
    yield exporter
    tracing.use(None)


@pytest.fixture(name="county")
def _county(tmp_path: Path):
    clock = SetClock(at_hour(DAY, 9))
    county = open_on(sqlite_in(tmp_path), f"memory://{tmp_path}", tmp_path / "clock.json", clock=clock)
    yield county
    county.close()


@pytest.fixture(name="villager")
def _villager(county: TestCounty, tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/accounts.db")
    accounts = Accounts(engine, clock=county.monitoring.clock, passwords=Passwords(time_cost=1, memory_kib=8))
    accounts.create(VILLAGER, PASSWORD)
    links = (SiteLink("monitoring", Words("监测", "Monitoring"), ""),)
    gate = Gate(Sessions(accounts, "s" * 32, clock=county.monitoring.clock), links)
    client = TestClient(lent_site(create_app, county.monitoring, gate), follow_redirects=False)
    client.auth = ("shangcha", PASSWORD)
    yield client
    engine.dispose()


def carry(county: TestCounty) -> Watch:
    """Take everything from monitoring's outbox over the broker into evaluation."""
    evaluation, watch = county.evaluation, Watch(county.evaluation)

    def deliver(batch: Batch) -> object:
        return watch.taking(
            lambda: take_in(batch, evaluation.uow(), evaluation.reader, at=evaluation.clock()), batch
        )

    reader = BatchReader.delivering(evaluation, deliver)
    reader.open()
    relay = OutboxRelay.of(county.monitoring)
    relay.drain()
    while reader.step():
        pass
    relay.close()
    reader.close()
    return watch


def waiting_clue(county: TestCounty) -> str:
    household_id = registered(county.monitoring)
    command = ReportClue(household_id=household_id, risk="100A27001", source="02", on=DAY)
    return report_clue(command, county.monitoring.uow(), county.monitoring.clue_policy)


def test_from_a_request_to_another_office(
    county: TestCounty, villager: TestClient, exporter: InMemorySpanExporter
):
    """The request at monitoring, its command and evaluation's intake are one trace; nobody is named in it."""
    clue = waiting_clue(county)
    carry(county)
    exporter.clear()
    answer = villager.post(f"/api/clues/{clue}/verify", json={"version": 1, "outcome": "no_risk"})
    assert answer.is_success, answer.text
    carry(county)
    spans = exporter.get_finished_spans()
    asked = next(span for span in spans if span.name == "POST /api/clues/{clue_id}/verify")
    trace = asked.context.trace_id
    assert {asked.name, "command", "take event"} == {s.name for s in spans if s.context.trace_id == trace}
    relayed = next(span for span in spans if span.name == "relay publish")
    assert trace in {link.context.trace_id for link in relayed.links}
    batch = next(span for span in spans if span.name == "take batch")
    assert trace in {link.context.trace_id for link in batch.links}
    told = "".join(span.to_json(indent=None) for span in spans)
    for personal in ("shangcha", "上岔", clue):
        assert personal not in told


def test_what_is_kept_does_not_depend_on_it(county: TestCounty, villager: TestClient, exporter):
    """The envelopes in outbox and journal are the same bytes as of a county that nobody traces."""
    clue = waiting_clue(county)
    villager.post(f"/api/clues/{clue}/verify", json={"version": 1, "outcome": "no_risk"})
    with county.monitoring.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT envelope, traceparent FROM outbox").all()
    assert any(row.traceparent for row in rows)
    assert not any("traceparent" in row.envelope for row in rows)
    carry(county)
    with county.evaluation.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM journal").all()
    assert kept
    assert "traceparent" not in str(kept)
