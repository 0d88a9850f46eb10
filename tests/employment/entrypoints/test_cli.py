import pytest
from typer.testing import CliRunner

from services.employment.entrypoints.cli import cli
from shared.messaging.intake import take_in


@pytest.fixture(name="run")
def _run(service, monkeypatch):
    """Run a command on the database of the service."""
    monkeypatch.setenv("EMPLOYMENT_DATABASE_URL", service.settings.database_url)
    return lambda *words: CliRunner().invoke(cli, words)


def test_a_database_is_made(tmp_path, monkeypatch):
    """``migrate`` makes the database where the settings say, and can be repeated."""
    file = tmp_path / "new.db"
    monkeypatch.setenv("EMPLOYMENT_DATABASE_URL", f"sqlite:///{file}")
    assert [0, 0] == [CliRunner().invoke(cli, ["migrate"]).exit_code for _ in range(2)]
    assert file.exists()


def test_nothing_falls_due_in_an_empty_database(run):
    """``sweep`` says how much it found."""
    assert "done 0" in run("sweep").output


def test_what_was_set_aside_is_listed_and_tried_again(run, service, told, make_request):
    """An event without its measure is listed by its code, never its body, and waits on after a retry."""
    (good,) = told(make_request())
    broken = type(good)(**{**_fields(good), "id": "broken", "data": {"measure_id": "m2"}})
    take_in([broken], service.uow(), service.reader, at=service.clock())
    listed = run("set-aside").output
    assert "invalid_event_body  monitoring.measure_requested.v1  broken" in listed
    assert "m2" not in listed
    assert "taken in 0, still waiting 1" in run("retry-set-aside").output


def _fields(envelope):
    return {name: getattr(envelope, name) for name in type(envelope).__slots__}
