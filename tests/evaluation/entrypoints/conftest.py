import pytest

from services.evaluation.entrypoints.web.app import create_app
from shared.accounts import Accounts, NewAccount, Passwords
from shared.kernel.clock import SetClock, at_hour
from shared.persistence.engine import open_engine
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.evaluation.samples import TODAY
from tests.shared.web.conftest import PASSWORD, Browser
from tests.support.lent_site import lent_site

PEOPLE = (
    NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
    NewAccount("renshe", "人社局经办", "department", "县人社局", "610327", service="employment"),
    NewAccount("guguan", "固关镇经办", "town", "固关镇", "610327109"),
    NewAccount("shangcha", "上岔村网格员", "village", "固关镇上岔村", "610327109203"),
    NewAccount("pinggu", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
    NewAccount("english", "English reader", "evaluator", "县考核办", "610327", language="en"),
)
PASSWORDS = Passwords(time_cost=1, memory_kib=8)


@pytest.fixture(name="accounts_file", scope="session")
def _accounts_file(tmp_path_factory):
    """The accounts of PEOPLE, made once; nothing here changes them."""
    file = tmp_path_factory.mktemp("accounts") / "accounts.db"
    engine = open_engine(f"sqlite:///{file}")
    accounts = Accounts(engine, clock=SetClock(at_hour(TODAY, 9)), passwords=PASSWORDS)
    for person in PEOPLE:
        accounts.create(person, PASSWORD)
    engine.dispose()
    return file


@pytest.fixture(name="county")
def _county(service, tell_year):
    """A service that knows a small year."""
    tell_year(service)
    return service


@pytest.fixture(name="site")
def _site(county, accounts_file):
    engine = open_engine(f"sqlite:///{accounts_file}")
    accounts = Accounts(engine, clock=county.clock, passwords=PASSWORDS)
    sites = tuple(
        SiteLink(name, Words(name, name), f"/{name}")
        for name in ("monitoring", "employment", "finance", "evaluation")
    )
    yield lent_site(create_app, county, Gate(Sessions(accounts, "s" * 32, clock=county.clock), sites))
    engine.dispose()


@pytest.fixture(name="as_person")
def _as_person(site):
    """Return a browser in which the person is signed in."""

    def sign_in(login):
        browser = Browser(site)
        assert 303 == browser.sign_in(login).status_code
        return browser

    return sign_in
