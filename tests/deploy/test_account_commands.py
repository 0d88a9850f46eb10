"""Accounts on the command line."""

import pytest
from typer.testing import CliRunner

from deploy.account_commands import NoAccountsUrlError, UnknownUnitError
from deploy.commands import app
from shared.accounts import SignInRefusedError, open_accounts
from shared.accounts.account import LoginTakenError
from shared.accounts.demo import DEMO
from shared.kernel.errors import Problem

TOWN = ("--name", "固关镇经办", "--role", "town", "--unit", "固关镇", "--area", "610327109")


class CommandLine:
    """``shouxian account`` on a database of its own."""

    def __init__(self, url):
        self.accounts = open_accounts(url)
        self._url = url

    def __call__(self, *words):
        return CliRunner().invoke(app, ["account", *words, "--accounts-url", self._url])


@pytest.fixture(name="run")
def _run(tmp_path):
    return CommandLine(f"sqlite:///{tmp_path}/accounts.db")


def test_an_account_can_be_opened_and_used(run):
    """The password shown once signs in; the list shows the account and no password."""
    login, password = run("add", "guguan", *TOWN).output.split()
    assert "固关镇" == run.accounts.verify(login, password).unit
    listed = run("list").output
    assert "guguan" in listed
    assert password not in listed


def test_a_new_password_replaces_the_old(run):
    """After a new password the old one signs nobody in."""
    _, old = run("add", "guguan", *TOWN).output.split()
    _, new = run("password", "guguan").output.split()
    run.accounts.verify("guguan", new)
    with pytest.raises(SignInRefusedError):
        run.accounts.verify("guguan", old)


def test_a_closed_account_signs_nobody_in(run):
    """Closing ends it; it stays on the list as closed."""
    _, password = run("add", "guguan", *TOWN).output.split()
    run("close", "guguan")
    with pytest.raises(SignInRefusedError):
        run.accounts.verify("guguan", password)
    assert "closed" in run("list").output


def test_what_does_not_fit_is_refused_in_words(run):
    """A taken name, an unknown role, an area that is not the role's: each is said, nothing is opened."""
    run("add", "guguan", *TOWN)
    assert isinstance(run("add", "guguan", *TOWN).exception, LoginTakenError)
    wrong_role = run("add", "other", "--name", "x", "--role", "king", "--unit", "x")
    wrong_area = run("add", "other", "--name", "x", "--role", "town", "--unit", "x", "--area", "610327")
    assert isinstance(wrong_role.exception, Problem)
    assert isinstance(wrong_area.exception, Problem)
    assert ["guguan"] == [account.login for account in run.accounts.every()]


def department(run, login, unit, *more):
    return run("add", login, "--name", "经办", "--role", "department", "--unit", unit, *more)


def test_a_department_is_one_of_the_county(run):
    """A unit measures are never asked of is refused in a sentence that lists those there are."""
    refused = department(run, "renshe", "人社局").exception
    assert isinstance(refused, UnknownUnitError)
    assert "县人社局、" in refused.text("zh")
    assert "县医保局" in refused.text("en")
    assert () == run.accounts.every()


def test_a_department_works_on_its_site(run):
    """The site follows the unit, as for the accounts of the demonstration; one that is given counts."""
    units = ("县人社局", "县人行", "县医保局")
    expected = {one.unit: one.service for one in DEMO if one.unit in units} | {"县财政局": "finance"}
    for number, unit in enumerate(expected):
        assert 0 == department(run, f"unit{number}", unit).exit_code
    assert expected == {one.unit: one.service for one in run.accounts.every()}
    department(run, "other", "县财政局", "--service", "employment")
    assert "employment" == next(one.service for one in run.accounts.every() if one.login == "other")


def test_where_the_accounts_are_comes_from_a_file(tmp_path, monkeypatch):
    """The address holds a password: a file may name it as for every service; what is in it is not shown."""
    (tmp_path / "url").write_text(f"sqlite:///{tmp_path}/accounts.db\n")
    monkeypatch.setenv("SHOUXIAN_ACCOUNTS_URL_FILE", str(tmp_path / "url"))
    added = CliRunner().invoke(app, ["account", "add", "village01", *TOWN])
    assert 0 == added.exit_code
    assert ["village01"] == [one.login for one in open_accounts(f"sqlite:///{tmp_path}/accounts.db").every()]
    told = CliRunner().invoke(app, ["account", "list", "--help"]).output
    assert str(tmp_path) not in told


def test_somebody_must_say_where_the_accounts_are(monkeypatch):
    """Without an address nothing is opened, least of all a file by accident."""
    monkeypatch.delenv("SHOUXIAN_ACCOUNTS_URL", raising=False)
    refused = CliRunner().invoke(app, ["account", "list"])
    assert isinstance(refused.exception, NoAccountsUrlError)
