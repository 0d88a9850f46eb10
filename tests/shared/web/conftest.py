import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from shared.accounts import Accounts, NewAccount, Passwords
from shared.kernel.clock import SetClock
from shared.persistence.engine import open_engine
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, NavItem, SiteLink
from tests.shared.web import example

HERE = Path(__file__).parent
PASSWORD = "walnut-and-bees"
PEOPLE = (
    NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
    NewAccount("guguan", "固关镇经办", "town", "固关镇", "610327109"),
    NewAccount("shangcha", "上岔村网格员", "village", "固关镇上岔村", "610327109203"),
    NewAccount("shuili", "水利局经办", "department", "县水利局", "610327", service="wells"),
    NewAccount("renshe", "人社局经办", "department", "县人社局", "610327", service="employment"),
    NewAccount("pinggu", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
    NewAccount("english", "English reader", "county", "县乡村振兴局", "610327", language="en"),
)


@pytest.fixture(name="clock")
def _clock():
    return SetClock(datetime(2022, 5, 6, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="session", name="passwords")
def _passwords():
    return Passwords(time_cost=1, memory_kib=8)


@pytest.fixture(scope="session", name="people")
def _people(tmp_path_factory, passwords):
    """Return a database with the accounts of all PEOPLE; each test works on a copy."""
    path = tmp_path_factory.mktemp("people") / "accounts.db"
    engine = open_engine(f"sqlite:///{path}")
    accounts = Accounts(engine, passwords=passwords)
    for person in PEOPLE:
        accounts.create(person, PASSWORD)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(name="accounts")
def _accounts(tmp_path, clock, passwords, people):
    shutil.copy(people, tmp_path / "accounts.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'accounts.db'}")
    accounts = Accounts(engine, clock=clock, passwords=passwords)
    yield accounts
    engine.dispose()


@pytest.fixture(name="service")
def _service(tmp_path, clock):
    engine = open_engine(f"sqlite:///{tmp_path / 'wells.db'}")
    example.metadata.create_all(engine)
    with engine.begin() as connection:
        row = {"depth_m": 40, "cost_fen": 123450, "version": 1}
        connection.execute(
            example.wells.insert(),
            [
                {"id": "w1", "name": "上岔井", "area_code": "610327109203", **row},
                {"id": "w2", "name": "=2+2", "area_code": "610327112200", **row},
            ],
        )
    yield example.WellService(engine, clock)
    engine.dispose()


@pytest.fixture(name="gate")
def _gate(accounts, clock):
    sites = (
        SiteLink("wells", Words("水井", "Wells"), ""),
        SiteLink(
            "evaluation", Words("考核", "Evaluation"), "/evaluation", frozenset({"evaluator", "county"})
        ),
    )
    return Gate(Sessions(accounts, "s" * 32, clock=clock), sites)


class Watched:
    """Remembers what a site tells about its answers."""

    def __init__(self):
        self.answers, self.refusals = [], []

    def served(self, method, route, status, seconds):
        self.answers.append((method, route, status))

    def refused(self, code):
        self.refusals.append(code)

    def text(self):
        return b"wells_total 2\n"


@pytest.fixture(name="watch")
def _watch():
    return Watched()


@pytest.fixture(name="site")
def _site(service, gate, watch):
    return create_site(
        "wells",
        Words("水井登记", "Wells"),
        service,
        gate,
        [example.section],
        permissions=load_permissions("wells", HERE / "permissions.yaml"),
        templates=[HERE / "templates"],
        nav=[NavItem(Words("水井", "Wells"), "/wells", "well.read")],
        ready=lambda: {"database": True},
        watch=watch,
    )


class Browser:
    """A person at a browser: signs in, follows redirects, fills in the forms that pages show."""

    def __init__(self, site, **options):
        self.client = TestClient(site, follow_redirects=False, **options)

    def sign_in(self, login, password=PASSWORD, wanted=""):
        page = self.client.get("/sign-in", params={"next": wanted})
        sent = {**hidden(page.text), "login": login, "password": password}
        return self.client.post("/sign-in", data=sent)

    def get(self, path, **options):
        return self.client.get(path, **options)

    def submit(self, page_path, action_path, **fields):
        """Fill in the form on *page_path* that leads to *action_path* and send it."""
        page = self.client.get(page_path)
        form = next(one for one in forms(page.text) if one[0] == action_path)
        return self.client.post(action_path, data={**form[1], **fields})


def forms(html):
    found = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', html, re.DOTALL)
    return [(action, hidden(body)) for action, body in found]


def hidden(html):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


@pytest.fixture(name="browser")
def _browser(site):
    return Browser(site)


@pytest.fixture(name="as_person")
def _as_person(site):
    def sign_in(login):
        browser = Browser(site)
        assert 303 == browser.sign_in(login).status_code
        return browser

    return sign_in


@pytest.fixture(name="as_program")
def _as_program(site):
    def client(login, password=PASSWORD):
        told = TestClient(site, follow_redirects=False)
        told.auth = (login, password)
        return told

    return client
