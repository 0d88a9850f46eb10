"""The monitoring site with people of every role, and a family of 上岔村."""

import re
import shutil
from datetime import date

import pytest
from fastapi.testclient import TestClient

from services.monitoring.entrypoints.web.app import create_app
from shared.accounts import Accounts, NewAccount, Passwords
from shared.kernel.clock import SetClock, at_hour
from shared.persistence.engine import open_engine
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.support.lent_site import lent_site

PASSWORD = "walnut-and-bees"
PEOPLE = (
    NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
    NewAccount("guguan", "固关镇经办", "town", "固关镇", "610327109"),
    NewAccount("shangcha", "上岔村网格员", "village", "固关镇上岔村", "610327109203"),
    NewAccount("chaijia", "柴家咀村网格员", "village", "固关镇柴家咀村", "610327109205"),
    NewAccount("wangge1", "上岔村一组网格员", "grid", "固关镇上岔村", "610327109203"),
    NewAccount("fagai", "发改局经办", "department", "县发改局", "610327"),
    NewAccount("renshe", "人社局经办", "department", "县人社局", "610327", service="employment"),
    NewAccount("yibao", "医保局经办", "department", "县医保局", "610327"),
    NewAccount("zhujian", "住建局经办", "department", "县住建局", "610327"),
    NewAccount("shuili", "水利局经办", "department", "县水利局", "610327"),
    NewAccount("nongye", "农业农村局经办", "department", "县农业农村局", "610327"),
    NewAccount("huanbao", "生态环境局经办", "department", "县生态环境局", "610327"),
    NewAccount("pinggu", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
    NewAccount("yunwei", "运维", "operator", "县大数据中心", "610327"),
    NewAccount("english", "English reader", "village", "固关镇上岔村", "610327109203", language="en"),
)


PASSWORDS = Passwords(time_cost=1, memory_kib=8)


@pytest.fixture(scope="session")
def accounts_file(tmp_path_factory):
    """The accounts of PEOPLE, made once; tests get copies."""
    return create_accounts(tmp_path_factory.mktemp("accounts") / "accounts.db", PEOPLE)


def create_accounts(file, people):
    """Return *file*, an accounts database, with accounts of *people* added."""
    engine = open_engine(f"sqlite:///{file}")
    accounts = Accounts(engine, clock=SetClock(at_hour(TODAY, 10)), passwords=PASSWORDS)
    for one in people:
        accounts.create(one, PASSWORD)
    engine.dispose()
    return file


@pytest.fixture
def site(service, tmp_path, accounts_file):
    engine = open_engine(f"sqlite:///{shutil.copy(accounts_file, tmp_path / 'accounts.db')}")
    accounts = Accounts(engine, clock=service.clock, passwords=PASSWORDS)
    links = (SiteLink("monitoring", Words("监测", "Monitoring"), ""),)
    gate = Gate(Sessions(accounts, "s" * 32, clock=service.clock), links)
    yield lent_site(create_app, service, gate)
    engine.dispose()


class Browser:
    """A person at a browser: signs in and fills in the forms that pages show."""

    def __init__(self, site):
        self.client = TestClient(site, follow_redirects=False)

    def sign_in(self, login):
        page = self.client.get("/sign-in")
        sent = {**hidden(page.text), "login": login, "password": PASSWORD}
        assert 303 == self.client.post("/sign-in", data=sent).status_code
        return self

    def get(self, path):
        return self.client.get(path)

    def submit(self, page_path, action_path, **fields):
        """Fill in the form on *page_path* that leads to *action_path* and send it."""
        page = self.client.get(page_path)
        form = next((one for one in forms(page.text) if one[0] == action_path), None)
        assert form is not None, f"{page_path} ({page.status_code}) has no form for {action_path}"
        return self.client.post(action_path, data={**form[1], **fields})


def forms(html):
    found = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', html, re.DOTALL)
    return [(action, hidden(body)) for action, body in found]


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


@pytest.fixture
def as_person(site):
    """A function that signs somebody in at a browser."""
    return lambda login: Browser(site).sign_in(login)


@pytest.fixture
def as_program(site):
    """A function that returns an HTTP client with somebody's credentials."""

    def client(login):
        told = TestClient(site, follow_redirects=False)
        told.auth = (login, PASSWORD)
        return told

    return client


@pytest.fixture
def people(service, household):
    """The members of the family."""
    with service.uow() as uow:
        return uow.households.get(household).members


TODAY = date(2022, 7, 1)
