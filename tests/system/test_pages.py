"""What officials do at their pages, from an illness to the scores, by nothing but the forms shown to them."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI

import services
from deploy.embedded.county import County, accounts_url, clock_file, open_county
from deploy.embedded.courier import Courier
from deploy.embedded.web import create_county_app
from deploy.simulation.people import Family
from services.employment.entrypoints.web import app as employment
from services.evaluation.entrypoints.web import app as evaluation
from services.finance.entrypoints.web import app as finance
from services.monitoring.entrypoints.web import app as monitoring
from shared.accounts import Account, Passwords
from shared.accounts.demo import demo_accounts
from shared.accounts.store import open_accounts
from shared.kernel.clock import BusinessClock, at_hour
from shared.web.access import load_permissions
from shared.web.officer import Officer
from tests.support.household_story import suitable_families
from tests.support.pages import Browser, crawl, evidence, read, rows, said

VILLAGE, TOWN_NAME = "610327109203", "固关镇"
EMPLOYMENT, FINANCE = "县人社局", "县人行"
SERVICES = Path(services.__file__).parent
NAVIGATIONS = {
    "monitoring": monitoring.NAV,
    "employment": employment.NAV,
    "finance": finance.NAV,
    "evaluation": evaluation.NAV,
}
SITES = ("/", "/monitoring/", "/employment/", "/finance/", "/evaluation/")
LOGINS = (
    "county",
    "renshe",
    "renhang",
    "yibao",
    "guguan",
    "shangcha",
    "wangge1",
    "pinggu",
    "yunwei",
)
Lines = Mapping[tuple[str, str], str]


@dataclass
class Office:
    """The county with everybody at a browser; what they do arrives before the next looks."""

    app: FastAPI
    courier: Courier
    passwords: dict[str, str]
    accounts: tuple[Account, ...]
    browsers: dict[str, Browser]

    def at(self, login: str) -> Browser:
        """Return the browser of *login*; everything told so far has arrived."""
        self.courier.deliver()
        if login not in self.browsers:
            self.browsers[login] = Browser(self.app, login, self.passwords[login])
        return self.browsers[login]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The embedded county on 1 March 2022, with one family on record and everybody signed in once."""
    directory = tmp_path_factory.mktemp("county")
    BusinessClock(clock_file(directory)).move_to(at_hour(date(2022, 3, 1), 9))
    county: County = open_county(directory)
    county.upgrade_databases()
    accounts = open_accounts(accounts_url(directory), passwords=Passwords(time_cost=1, memory_kib=8))
    signing_in = demo_accounts(accounts, directory / "sign-in.json")
    with Courier(county.services) as courier:
        passwords = {one.account.login: one.password for one in signing_in}
        office = Office(create_county_app(county), courier, passwords, accounts.every(), {})
        (family,) = suitable_families(1)
        register(office.at("shangcha"), family)
        yield office
    county.close()


def register(village: Browser, family: Family) -> None:
    """Put *family* and its income on record, on the pages of the village."""
    persons: dict[str, str] = {}
    for number, person in enumerate(family.people):
        given = {
            "name": person.name,
            "relation": person.relation,
            "sex": person.sex,
            "born_on": person.born_on.isoformat(),
            "id_number": person.id_number,
            "labour_skill": person.labour_skill,
            "education": person.education or "",
            "school_status": person.school_status or "",
        }
        persons |= {f"persons__{number}__{name}": value for name, value in given.items()}
    page = village.submit(
        "/monitoring/households/new",
        "/households",
        household_no=family.number,
        area_code=VILLAGE,
        household_type=family.household_type,
        lifted_out="true",
        lifted_out_year="2018",
        phone=family.phone,
        **persons,
    )
    household = page.url.path
    village.submit(
        f"{household}/income", "/income", A1="12,000", B1="4000", E1="1500.00", self_paid_fen="20000"
    )


@dataclass(frozen=True)
class Told:
    """The story as it was played: the household, and every score line before and after it."""

    household_id: str
    before: Lines
    after: Lines


@pytest.fixture(scope="module")
def told(office: Office) -> Told:
    """The story of an illness, played once on the pages: identification, three departments, scores."""
    before = lines(office)
    household = office.at("shangcha").follow("/monitoring/households", r"/households/[0-9a-f-]{36}$")
    case = identify(office, household)
    help_delivered(office, case)
    return Told(household.rsplit("/", 1)[1], before, lines(office))


def lines(office: Office) -> Lines:
    """Return every score line the evaluator's pages show, by unit and indicator."""
    evaluator = office.at("pinggu")
    board = evaluator.get("/evaluation/").text
    units = re.findall(r'<a href="/evaluation/units/([^"?/]+)(?:\?[^"]*)?">([^<0-9—][^<]*)</a>', board)
    return {
        (name, indicator): text
        for unit, name in units
        for indicator, text in rows(evaluator.get(f"/evaluation/units/{unit}").text).items()
    }


def identify(office: Office, household: str) -> str:
    """Enter an illness; go from the clue in the tasks to the announced case; return the case's page."""
    village = office.at("shangcha")
    change = village.follow(household, r"/changes/illness$")
    person = village.form(change, "/illness").choices["person_id"][1][0]
    village.submit(change, "/illness", person_id=person, amount_fen="30,000")
    clue = office.at("shangcha").follow("/monitoring/", r"/clues/")
    case = village.submit(clue, "/verify", outcome="risk").url.path
    assert case == village.follow("/monitoring/", r"/cases/")
    village.submit(case, "/sign-authorisation")
    village.submit(case, "/send-for-comparison")
    assert case == office.at("county").follow("/monitoring/", r"/cases/")
    office.at("county").submit(case, "/record-comparison")
    village.submit(case, "/record-vote", agree="21", disagree="1")
    village.submit(case, "/start-notice")
    office.at("county").submit("/", "/clock", days="5")
    assert case == office.at("shangcha").follow("/monitoring/", r"/cases/")
    village.submit(case, "/end-notice")
    office.at("guguan").submit(case, "/town-review", passed="yes")
    decide = office.at("county").form(case, "/county-decide")
    unstable = next(value for value, words in decide.choices["monitored_class"] if words == "脱贫不稳定户")
    office.at("county").submit(
        case, "/county-decide", decision="approve", monitored_class=unstable, note="自付医疗费用较大"
    )
    office.at("county").submit(case, "/announce")
    office.at("guguan").submit(case, "/assign-helper", helper_no="GG-017")
    return case


def help_delivered(office: Office, case: str) -> None:
    """Plan, ask, and let each department deliver; health declines first and is asked anew."""
    town = office.at("guguan")
    plan = town.follow("/monitoring/", r"/cases/[^/]+/measures$")
    assert f"{case}/measures" == plan
    town.submit(plan, "/measures/plan")
    town.submit(plan, "/measures/request")
    job_found(office.at("renshe"))
    money_lent(office.at("renhang"))
    health = office.at("yibao")
    health.submit(health.follow("/monitoring/", r"/measures/"), "/decline", reason="not_eligible")
    assert "重新安排" in office.at("guguan").get("/monitoring/").text
    replan = next(one.action for one in read(town.get(plan).text)[0] if one.action.endswith("/replan"))
    town.submit(plan, replan)
    health = office.at("yibao")
    health.submit(health.follow("/monitoring/", r"/measures/"), "/deliver")
    office.courier.deliver()


def job_found(office: Browser) -> None:
    """Accept, record a job on the person's page, and say that the measure is delivered by it."""
    measure = office.follow("/employment/", r"/measures/.")
    office.submit(measure, "/accept")
    # The hint beside the delivery names whom it is for, before the members of the household.
    person = next(link for link in read(office.get(measure).text)[1] if "/labourers/" in link)
    office.submit(
        person,
        "/jobs",
        place_code="610327",
        channel="factory",
        monthly_pay_fen="3100",
        employer="示例企业1",
        industry="制造",
        point_to_point="no",
    )
    record = office.form(measure, "/deliver").choices["record"][1][0]
    office.submit(measure, "/deliver", record=record)


def money_lent(office: Browser) -> None:
    """Accept, check the conditions, apply, approve, pay out, and say that the measure is delivered."""
    measure = office.follow("/finance/", r"/measures/.")
    office.submit(measure, "/accept")
    application = office.follow(measure, r"/application$")
    borrower = office.form(application, "/checks").choices["borrower_id"][1][0]
    checked = office.submit(
        application,
        "/checks",
        borrower_id=borrower,
        amount_fen="30000",
        term_months="6",
        annual_rate_percent="3.65",
        use_code="breeding",
        rated="true",
    )
    loan = office.submit(str(checked.url), "/loans").url.path
    office.submit(loan, "/approve", override_reason="经银行评级授信，同意")
    office.submit(loan, "/disburse")
    record = office.form(measure, "/deliver").choices["loan_id"][1][0]
    office.submit(measure, "/deliver", loan_id=record)


# What happened, by fact, category of the measure, and how it went on.
CLUE = {"monitoring.clue_reported", "monitoring.clue_verified"}
IDENTIFIED = "monitoring.case_identified"
HELP = ("100A40", "100A41", "100A45")
JOB, LENT = {"employment.job_started"}, {"finance.loan_applied", "finance.loan_disbursed"}
OWED = {"monitoring.household_recorded"}
"""What a town owes goes by the labourers of the households it recorded."""
ERRORS = {"monitoring.data_error_found", "monitoring.data_error_fixed"}
"""What is filled in on the way, such as the income, ends errors that the rules found before."""


def measure(category: str) -> set[str]:
    """Return a measure that was asked for and delivered."""
    return {f"monitoring.measure_requested {category}", f"monitoring.measure_recorded {category} delivered"}


EXPECTED = {
    (TOWN_NAME, "I01-2"): CLUE,
    (TOWN_NAME, "I01-4"): {IDENTIFIED, "monitoring.helper_assigned"},
    (TOWN_NAME, "I02-5"): ERRORS,
    (TOWN_NAME, "I03-2"): ERRORS,
    (TOWN_NAME, "I12-1"): JOB | OWED,
    (TOWN_NAME, "I12-2"): JOB | OWED,
    (TOWN_NAME, "I12-3"): JOB | OWED,
    (TOWN_NAME, "I12-4"): JOB,
    (TOWN_NAME, "I13-1"): LENT,
    (TOWN_NAME, "I13-4"): {"finance.loan_disbursed"},
    (EMPLOYMENT, "I01-5"): measure("100A40"),
    (EMPLOYMENT, "I04-3"): {"monitoring.push_sent"},
    (EMPLOYMENT, "I12-1"): JOB | OWED,
    (EMPLOYMENT, "I12-2"): JOB | OWED,
    (EMPLOYMENT, "I31-2"): measure("100A40"),
    (FINANCE, "I01-5"): measure("100A41"),
    (FINANCE, "I13-1"): LENT,
    (FINANCE, "I13-4"): {"finance.loan_disbursed"},
    (FINANCE, "I31-2"): measure("100A41"),
}


def test_an_illness_changes_the_scores_by_exactly_its_events(office: Office, told: Told) -> None:
    """Town, employment and finance: each changed line links to exactly the events of this household."""
    changed = {line for line, text in told.after.items() if text != told.before.get(line)}
    concerned = {line for line in changed if line[0] in {TOWN_NAME, EMPLOYMENT, FINANCE}}
    assert set(EXPECTED) | {(TOWN_NAME, "I01-5"), (TOWN_NAME, "I31-2")} == concerned
    for line, facts in EXPECTED.items():
        assert facts == facts_behind(office, *line), line
    # For a town one measure of a household counts; which of the three that came at once, goes by their ids.
    answered, delivered = (facts_behind(office, TOWN_NAME, one) for one in ("I01-5", "I31-2"))
    assert answered in [{IDENTIFIED, f"monitoring.measure_recorded {one} delivered"} for one in HELP]
    assert delivered in [measure(one) for one in HELP]


def test_the_household_is_where_the_lines_lead(office: Office, told: Told) -> None:
    """Every line that changed names the household; its timeline holds every event behind the line."""
    evaluator = office.at("pinggu")
    timeline = timeline_of(evaluator, told.household_id)
    for unit, indicator in EXPECTED:
        page = evaluator.get(f"{unit_path(office, unit)}/{indicator}").text
        assert f"/evaluation/households/{told.household_id}" in page
        assert evidence(page) <= timeline, (unit, indicator)


def timeline_of(evaluator: Browser, household_id: str) -> frozenset[str]:
    """Return every event on the pages of the household's timeline."""
    found: frozenset[str] = frozenset()
    for number in range(1, 20):
        page = evidence(evaluator.get(f"/evaluation/households/{household_id}?page={number}").text)
        if page <= found:
            return found
        found |= page
    pytest.fail("a timeline without end")


@pytest.mark.parametrize("login", LOGINS)
def test_a_page_opens_for_those_who_may_see_it(office: Office, told: Told, login: str) -> None:
    """Every page of every site's navigation: 200 with the permission, 403 without, or for other units."""
    browser = office.at(login)
    officer = Officer.of(next(one for one in office.accounts if one.login == login))
    for name, nav in NAVIGATIONS.items():
        permissions = load_permissions(name, SERVICES / name / "entrypoints/web/permissions.yaml")
        for one in nav:
            other_unit = officer.role == "department" and one.units and officer.unit not in one.units
            expected = 200 if permissions.granted(officer, one.permission) and not other_unit else 403
            answer = browser.get(f"/{name}{one.path}")
            moved = one.path == "/" and bool(answer.history)  # to the first page that is theirs
            assert moved or expected == answer.status_code, (name, one.path)
            assert answer.status_code != 404


@pytest.mark.parametrize("login", ["guguan", "shangcha", "renshe", "renhang"])
def test_another_area_and_another_office_stay_closed(office: Office, told: Told, login: str) -> None:
    """The household opens for its own village, town and the county, not for 河北镇; loans not for 人社局."""
    page = f"/monitoring/households/{told.household_id}"
    assert 200 == office.at(login).get(page).status_code
    assert 403 == office.at("hebei").get(page).status_code
    assert 403 == office.at("hebei1").get(page).status_code
    assert 403 == office.at("renshe").get("/finance/loans").status_code
    assert 403 == office.at("renhang").get("/employment/jobs").status_code


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_leads_somewhere_and_tells_no_secret(
    office: Office, told: Told, login: str, language: str
) -> None:
    """What each role can reach answers, in both languages, without raw codes or whole personal numbers."""
    browser = office.at(login)
    browser.speak(language)
    found = 0
    starts = SITES[:2] if login == "wangge1" else SITES  # the other sites are closed to a grid worker
    for source, path, answer in crawl(browser, starts, each=1, most=60):
        assert 200 == answer.status_code, f"{login}: {source} links to {path}: {answer.status_code}"
        if answer.headers["content-type"].startswith("text/html"):
            found += 1
            check_page(path, answer.text, language)
    assert found > (5 if login == "wangge1" else 15)


def check_page(path: str, page: str, language: str) -> None:
    """Assert that *page* speaks *language* and shows neither raw codes nor whole personal numbers."""
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page, path
    text = said(re.sub(r"<pre class=\"id\">.*?</pre>", "", page, flags=re.DOTALL))  # the event as sent
    titles = " ".join(re.findall(r'title="([^"]*)"', page))
    assert re.findall(r"100A[0-9]{2}(?:[0-9A-Z]{3}|-[0-9]{3})", text + titles) == [], path
    # A form's token is hexadecimal: one in a hundred has eighteen decimal digits in a row.
    shown = re.sub(r"[0-9a-f]{32,}", "", page)
    assert re.findall(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])", shown) == [], path
    assert re.findall(r"(?<![0-9A-Fa-f-])1[0-9]{10}(?![0-9A-Fa-f-])", page) == [], path


def unit_path(office: Office, unit: str) -> str:
    board = office.at("pinggu").get("/evaluation/").text
    (path,) = set(re.findall(rf'<a href="(/evaluation/units/[^"?]+)\?[^"]*">{unit}</a>', board))
    return str(path)


def facts_behind(office: Office, unit: str, indicator: str) -> set[str]:
    """Follow the line to its events, and say what each is."""
    evaluator = office.at("pinggu")
    page = evaluator.get(f"{unit_path(office, unit)}/{indicator}").text
    return {fact_of(evaluator, event) for event in evidence(page)}


def fact_of(evaluator: Browser, event: str) -> str:
    page = evaluator.get(f"/evaluation/events/{event}").text
    kind = re.search(r'<dd class="id">([a-z_.]+)\.v1</dd>', page)
    body = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert kind is not None, said(page)
    assert body is not None, said(page)
    data = json.loads(html.unescape(body.group(1)))
    told = (kind.group(1), data.get("category"), data.get("status"))
    return " ".join(part for part in told if part)
