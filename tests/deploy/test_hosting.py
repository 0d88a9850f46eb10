"""One service's site in a process of its own."""

import sys

import pytest
import uvicorn

from deploy.cli import main
from deploy.hosting import NAMES, site_gate
from services.finance.settings import Settings
from shared.observability import logs


@pytest.fixture(name="gate_of")
def _gate_of(tmp_path):
    def gate_of(**given):
        return site_gate("finance", Settings(accounts_url=f"sqlite:///{tmp_path}/accounts.db", **given))

    return gate_of


def test_a_site_alone_links_to_itself_only(gate_of):
    """Its own pages lie at the root; a site whose place nobody has told is not linked to."""
    gate = gate_of()
    assert "/loans" == gate.link("finance", "/loans")
    assert ["finance"] == [name for name in NAMES if gate.reaches(name)]


def test_sites_that_are_placed_are_linked_to(gate_of):
    """The other sites are where the settings say."""
    gate = gate_of(sites={"monitoring": "https://monitoring.example/"})
    assert "https://monitoring.example/cases" == gate.link("monitoring", "/cases")
    assert ["monitoring", "finance"] == [one.name for one in gate.sites]


@pytest.fixture(name="web")
def _web(monkeypatch, capsys, tmp_path):
    """``shouxian web finance`` with some settings; gives the exit status, stderr, and what was served how."""
    served = []
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(uvicorn, "run", lambda _app, **options: served.append(options))
    monkeypatch.setattr(sys, "argv", ["shouxian", "web", "finance"])
    # Logs are set up for the whole process, on this test's stderr: later tests would write to a closed file.
    monkeypatch.setattr(logs, "configure", lambda _service: None)

    def web(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"FINANCE_{name}", value)
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, capsys.readouterr().err, served

    return web


def test_a_site_needs_the_common_key(web):
    """Without the key that all processes share no site starts, and it says which setting is missing."""
    status, told, served = web()
    assert (2, []) == (status, served)
    assert "没有设置 FINANCE_SESSION_SECRET" in told
    assert "FINANCE_SESSION_SECRET is not set" in told


def test_a_site_on_postgresql_needs_the_common_accounts(web):
    """Beside a PostgreSQL database the accounts do not silently lie in a file of one machine."""
    status, told, served = web(
        SESSION_SECRET="s" * 40, DATABASE_URL="postgresql+psycopg://nowhere.example/finance"
    )
    assert (2, []) == (status, served)
    assert "FINANCE_ACCOUNTS_URL" in told


def test_a_site_ends_before_whoever_stops_it_loses_patience(web):
    """A client that never finishes does not keep the process from ending."""
    status, _, served = web(SESSION_SECRET="s" * 40)
    assert (0, [8]) == (status, [one["timeout_graceful_shutdown"] for one in served])
