from datetime import date

import pytest

from services.finance.entrypoints.web.app import create_app
from shared.accounts import Accounts, NewAccount, Passwords
from shared.kernel.clock import SetClock, at_hour
from shared.persistence.engine import open_engine
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.shared.web.conftest import PASSWORD, Browser
from tests.support.lent_site import lent_site

PEOPLE = (
    NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
    NewAccount("renshe", "人社局经办", "department", "县人社局", "610327", service="employment"),
    NewAccount("renhang", "金融经办", "department", "县人行", "610327", service="finance"),
    NewAccount("town", "镇经办", "town", "固关镇", "610327102"),
    NewAccount("elsewhere", "外镇经办", "town", "河北镇", "610327112"),
    NewAccount("pinggu", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
    NewAccount("yunwei", "系统运维", "operator", "县大数据中心", "610327"),
    NewAccount("english", "English reader", "county", "县乡村振兴局", "610327", language="en"),
)
DAY = date(2022, 6, 10)


PASSWORDS = Passwords(time_cost=1, memory_kib=8)


@pytest.fixture(name="accounts_file", scope="session")
def _accounts_file(tmp_path_factory):
    """The accounts of PEOPLE, made once; nothing here changes them."""
    file = tmp_path_factory.mktemp("accounts") / "accounts.db"
    engine = open_engine(f"sqlite:///{file}")
    accounts = Accounts(engine, clock=SetClock(at_hour(DAY, 9)), passwords=PASSWORDS)
    for person in PEOPLE:
        accounts.create(person, PASSWORD)
    engine.dispose()
    return file


@pytest.fixture(name="site")
def _site(service, accounts_file):
    engine = open_engine(f"sqlite:///{accounts_file}")
    accounts = Accounts(engine, clock=service.clock, passwords=PASSWORDS)
    sites = tuple(
        SiteLink(name, Words(name, name), f"/{name}")
        for name in ("monitoring", "employment", "finance", "evaluation")
    )
    yield lent_site(create_app, service, Gate(Sessions(accounts, "s" * 32, clock=service.clock), sites))
    engine.dispose()


@pytest.fixture(name="as_person")
def _as_person(site):
    """Return a browser in which the person is signed in."""

    def sign_in(login):
        browser = Browser(site)
        assert 303 == browser.sign_in(login).status_code
        return browser

    return sign_in


@pytest.fixture(name="as_program")
def _as_program(site):
    """Return a client that signs every request with the person's password."""

    def client(login):
        browser = Browser(site)
        browser.client.auth = (login, PASSWORD)
        return browser.client

    return client
