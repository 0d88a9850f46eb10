from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from services.monitoring.entrypoints.cli import cli
from services.monitoring.service_layer.household import register_household
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.messaging.intake import take_in
from tests.monitoring.kit import VILLAGE, family

AT = datetime(2022, 7, 1, 2, tzinfo=UTC)


@pytest.fixture
def run(service, monkeypatch):
    """A function that runs a command on the service's database and returns what it prints."""
    monkeypatch.setenv("MONITORING_DATABASE_URL", service.settings.database_url)

    def command(*words):
        done = CliRunner().invoke(cli, list(words))
        assert 0 == done.exit_code, done.output
        return done.output

    return command


def lost_job(household_id):
    body = employment.JobEnded(
        occurred_on=date(2022, 6, 1),
        household_id=household_id,
        area_code=VILLAGE,
        spell_id="s",
        person_id="p",
        reason="lost",
        without_work=True,
    )
    return Envelope.seal(body, ids=lambda: "e1", at=AT)


def test_set_aside_is_listed_and_tried_again(run, service, outbox):
    """An event that came before its household waits, and is taken in once the household is there."""
    seen = family()
    household_id = "h-later"
    take_in([lost_job(household_id)], service.uow(), service.reader, at=AT)
    assert "household_not_found" in run("set-aside")
    assert "still waiting 1" in run("retry-set-aside")

    service_with_id = service.uow()
    service_with_id.ids = iter_ids(household_id)
    register_household(seen, service_with_id, service.checks)
    assert "taken in 1, still waiting 0" in run("retry-set-aside")
    assert "waiting 0\n" == run("set-aside")
    assert 1 == len(outbox("monitoring.clue_reported.v1"))


def iter_ids(last):
    """Return ids of which the fourth, the household's after its three members, is *last*."""
    given = iter(["p1", "p2", "p3", last, "e2", "e3"])
    return lambda: next(given)


def test_migrate_says_so(run):
    """Migrating a migrated database changes nothing and says that it is up to date."""
    assert "the database is up to date\n" == run("migrate")


def test_reseal_has_nothing_to_do_under_one_key(service, household, run):
    """With the key everything is sealed with, no row is sealed anew."""
    assert "重新加密 0 行" in run("reseal")
