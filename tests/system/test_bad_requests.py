"""Every action of every site, asked for wrongly: the right problem document, and nothing is changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from shared.accounts import Accounts, NewAccount, Passwords
from shared.persistence.engine import open_engine
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink
from tests.support.county_on import NAMES, OF_REFUSALS, TestCounty, differences, state_of
from tests.support.household_story import WORK, Story, illness, suitable_families
from tests.support.running_county import in_this_thread, live_through

DAY_ONE, TODAY = date(2022, 3, 1), date(2022, 5, 1)
PASSWORD = "walnut-and-bees"
_METHODS = {"post", "put", "patch", "delete"}


@dataclass
class Sites:
    """The four sites over one county in which one household's story is half told."""

    county: TestCounty
    apps: dict[str, FastAPI]
    story: Story

    def client(self, site: str, login: str) -> TestClient:
        client = TestClient(self.apps[site], follow_redirects=False)
        client.auth = (login, PASSWORD)
        return client

    def ids(self) -> dict[str, str]:
        """Return a real id for each name that addresses use."""
        results = self.story.results
        return {
            "household_id": self.story.household_id,
            "person_id": results["people"][0],
            "other_person_id": results["people"][1],
            "change_id": results["illness"].change_id,
            "clue_id": results["illness"].clue_id,
            "case_id": self.story.case_id,
            "measure_id": self.story.measure(WORK),
            "job_id": results["job"],
            "loan_id": results["apply"],
        }


def people(story: Story) -> tuple[NewAccount, ...]:
    """Return officials of every kind, some of them of the household's own town and village."""
    own = story.family.area_code
    other = "610327112" if own[:9] != "610327112" else "610327109"
    return (
        NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
        NewAccount("renshe", "人社局经办", "department", "县人社局", "610327", service="employment"),
        NewAccount("renhang", "金融经办", "department", "县人行", "610327", service="finance"),
        NewAccount("yibao", "医保局经办", "department", "县医保局", "610327"),
        NewAccount("town", "本镇经办", "town", "本镇", own[:9]),
        NewAccount("village", "本村网格员", "village", "本村", own),
        NewAccount("elsewhere", "外镇经办", "town", "外镇", other),
        NewAccount("outsider", "外村网格员", "village", "外村", f"{other}200"),
        NewAccount("pinggu", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
        *(NewAccount(login, unit, "department", unit, "610327") for login, unit in OTHER_UNITS.items()),
        NewAccount("yunwei", "系统运维", "operator", "县大数据中心", "610327"),
    )


OTHER_UNITS = {"minzheng": "县民政局", "jiaoti": "县教体局", "weijian": "县卫健局", "canlian": "县残联"}
"""Departments that alone may do what concerns their own subject."""
INSIDERS = ("county", "renshe", "renhang", "yibao", "town", "village", "pinggu", "yunwei", *OTHER_UNITS)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    directory = tmp_path_factory.mktemp("sites")
    with in_this_thread(directory, DAY_ONE) as running:
        family, other = suitable_families(2)
        story = illness(family, DAY_ONE)
        live_through(running, [story, illness(other, DAY_ONE)])
        running.live_on(TODAY)
        engine = open_engine(f"sqlite:///{directory / 'accounts.db'}")
        accounts = Accounts(
            engine, clock=running.county.monitoring.clock, passwords=Passwords(time_cost=1, memory_kib=8)
        )
        for person in people(story):
            accounts.create(person, PASSWORD)
        links = tuple(SiteLink(name, Words(name, name), f"/{name}") for name in NAMES)
        gate = Gate(Sessions(accounts, "s" * 32, clock=running.county.monitoring.clock), links)
        apps = {
            name: import_module(f"services.{name}.entrypoints.web.app").create_app(
                running.county.service(name), gate
            )
            for name in NAMES
        }
        yield Sites(running.county, apps, story)
        engine.dispose()


@pytest.fixture
def unchanged(sites: Sites) -> Iterator[None]:
    """After the test every row of every table of the county is as before; refusals are entered."""
    before = state_of(sites.county, without=OF_REFUSALS)
    yield
    assert {} == differences(before, state_of(sites.county, without=OF_REFUSALS))


@dataclass(frozen=True)
class Called:
    """An action of a site's OpenAPI document: its path, the schema of its body, and how it is sent."""

    path: str
    schema: dict[str, Any]
    carries_a_file: bool

    def send(self, client: TestClient, ids: dict[str, str], values: dict[str, Any]) -> Response:
        """Ask for it with *values*, as JSON, or as a form with an empty file where it takes one."""
        path = address(self.path, ids)
        if not self.carries_a_file:
            return client.post(path, json=values)
        texts = {name: str(value) for name, value in values.items() if name != "file"}
        return client.post(path, data=texts, files={"file": ("table.xlsx", b"")})


def actions(sites: Sites, site: str) -> list[Called]:
    """Return every action the site's OpenAPI document names."""
    document = sites.client(site, "county").get("/api/openapi.json").json()
    found = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in _METHODS:
                content = operation.get("requestBody", {}).get("content", {})
                (media_type, body), *more = content.items()
                assert not more
                schema = body["schema"]
                if "$ref" in schema:
                    schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
                found.append(Called(path, schema, media_type == "multipart/form-data"))
    assert found
    return found


def address(path: str, ids: dict[str, str]) -> str:
    """Return *path* with real ids where there are some."""
    return re.sub(r"\{(\w+)\}", lambda match: ids.get(match[1], "nothing"), path)


def is_problem(answer: Response) -> bool:
    """Whether *answer* is a problem document of RFC 9457 with a code and both of its texts."""
    document = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and document["status"] == answer.status_code
        and bool(document["code"] and document["title"] and document["type"])
    )


@pytest.mark.parametrize("site", NAMES)
def test_wrong_types(sites: Sites, site: str, unchanged: None) -> None:
    """An action that gets something else than it takes says so with 422, to somebody; to nobody else 2xx."""
    for action in actions(sites, site):
        path = action.path
        wrong = {name: {"not": ["what", "is", "asked"]} for name in action.schema.get("properties", {})}
        body = wrong or {"unknown": {"not": ["what"]}}
        answers = [
            action.send(sites.client(site, login), sites.ids(), body)
            for login in (INSIDERS if "{" not in path else INSIDERS[: -len(OTHER_UNITS)])
        ]
        assert all(is_problem(answer) for answer in answers), path
        statuses = {answer.status_code for answer in answers}
        assert statuses <= {403, 404, 422}, (path, statuses)
        if "{" not in path or "nothing" not in address(path, sites.ids()):
            assert 422 in statuses, (path, statuses)


@pytest.mark.parametrize("site", NAMES)
def test_no_json_and_unknown_things(sites: Sites, site: str, unchanged: None) -> None:
    """No JSON, or no form: refused; an unknown id: not found; a stranger is asked who they are."""
    for action in actions(sites, site):
        path = action.path
        county = sites.client(site, "county")
        kind = "multipart/form-data; boundary=x" if action.carries_a_file else "application/json"
        garbage = county.post(address(path, sites.ids()), content=b"{", headers={"Content-Type": kind})
        form = county.post(address(path, sites.ids()), data={"version": "1"})
        assert garbage.status_code in {400, 403, 404, 422}, (path, garbage.status_code)
        assert form.status_code in {403, 404, 415}, (path, form.status_code)
        stranger = action.send(TestClient(sites.apps[site]), sites.ids(), {})
        assert 401 == stranger.status_code, path
        guessing = TestClient(sites.apps[site])
        guessing.auth = ("county", "guessed")
        wrong = action.send(guessing, sites.ids(), {})
        assert wrong.status_code in {401, 429}, path
        if "{" in path:
            unknown = action.send(county, {}, {})
            assert unknown.status_code in {403, 404, 422}, (path, unknown.status_code)
        assert all(is_problem(answer) for answer in (garbage, form, stranger, wrong)), path


@pytest.mark.parametrize("site", NAMES)
@pytest.mark.parametrize("login", ["elsewhere", "outsider"])
def test_another_areas_household(sites: Sites, site: str, login: str, unchanged: None) -> None:
    """Who works in another town or village can do nothing to this household, and learns nothing of it."""
    statuses = []
    for action in actions(sites, site):
        path = action.path
        if "{" not in path:
            continue
        body = {name: example(part) for name, part in action.schema.get("properties", {}).items()}
        answer = action.send(sites.client(site, login), sites.ids(), body)
        assert answer.status_code in {403, 404, 422}, (path, answer.status_code)
        assert is_problem(answer), path
        statuses.append(answer.status_code)
    refused = [status for status in statuses if status != 422]
    assert len(refused) > len(statuses) / 2, "so many made-up bodies are wrong that this shows nothing"


def example(schema: dict[str, Any]) -> object:
    """Return something that *schema* may well accept."""
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return example(option)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kinds: dict[str, object] = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    if schema.get("format") == "date":
        return TODAY.isoformat()
    return kinds.get(str(schema.get("type")), "001")


ONCE = [
    (
        "monitoring",
        "village",
        "/api/households/{household_id}/visits",
        {"kind": "grid"},
        {"kind": "screening"},
    ),
    (
        "employment",
        "renshe",
        "/api/labourers/{other_person_id}/jobs",
        {"started_on": "2022-03-02", "place_code": "610327"},
        {"started_on": "2022-03-03", "place_code": "610327"},
    ),
    (
        "finance",
        "renhang",
        "/api/loans/{loan_id}/repay",
        {"version": 3, "repaid_on": "2022-04-30", "amount_fen": 100000},
        {"version": 4, "repaid_on": "2022-04-30", "amount_fen": 100000},
    ),
    (
        "evaluation",
        "pinggu",
        "/api/notices",
        {"unit": "610327109", "level": "county", "reason": "措施落实超期"},
        {"unit": "610327112", "level": "county", "reason": "措施落实超期"},
    ),
]


@pytest.mark.parametrize(("site", "login", "path", "body", "another"), ONCE, ids=[row[0] for row in ONCE])
def test_a_key_is_good_for_one_request(
    sites: Sites, site: str, login: str, path: str, body: dict[str, Any], another: dict[str, Any]
) -> None:
    """The same key and request again: the first answer, done once. The same key for another: refused."""
    client = sites.client(site, login)
    headers = {"Idempotency-Key": f"once {site}".replace(" ", "-")}
    first = client.post(address(path, sites.ids()), json=body, headers=headers)
    assert first.status_code in {200, 201}, first.text
    before = state_of(sites.county, without=OF_REFUSALS)
    again = client.post(address(path, sites.ids()), json=body, headers=headers)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    reused = client.post(address(path, sites.ids()), json=another, headers=headers)
    assert (422, "idempotency_key_reused") == (reused.status_code, reused.json()["code"])
    malformed = client.post(address(path, sites.ids()), json=another, headers={"Idempotency-Key": "a b"})
    assert (422, "idempotency_key_invalid") == (malformed.status_code, malformed.json()["code"])
    assert {} == differences(before, state_of(sites.county, without=OF_REFUSALS))


STALE = [
    ("monitoring", "town", "/api/cases/{case_id}/assign-helper", {"helper_no": "BF0002"}),
    ("monitoring", "village", "/api/clues/{clue_id}/verify", {"outcome": "no_risk"}),
    ("employment", "renshe", "/api/jobs/{job_id}/end", {"ended_on": "2022-04-30", "reason": "lost"}),
    ("finance", "renhang", "/api/loans/{loan_id}/repay", {"repaid_on": "2022-04-30", "amount_fen": 100}),
]


@pytest.mark.parametrize(("site", "login", "path", "body"), STALE)
def test_a_stale_version(
    sites: Sites, site: str, login: str, path: str, body: dict[str, Any], unchanged: None
) -> None:
    """Somebody saved since the page was read: 409, and nothing is done."""
    answer = sites.client(site, login).post(address(path, sites.ids()), json={**body, "version": 77})
    assert (409, "stale_version") == (answer.status_code, answer.json()["code"])
    assert is_problem(answer)


CODES = [
    ("monitoring", "village", "/api/households/{household_id}/visits", {"kind": "grid", "result": "99"}),
    ("monitoring", "village", "/api/households/{household_id}/clues", {"risk": "100A27099"}),
    ("monitoring", "village", "/api/households/{household_id}/house_damage", {"detail": "Z"}),
    (
        "employment",
        "renshe",
        "/api/labourers/{person_id}/jobs",
        {"started_on": "2022-04-30", "place_code": "x"},
    ),
    ("employment", "renshe", "/api/posts", {"area_code": "999999999999", "kind": "001"}),
    ("finance", "renhang", "/api/loans/{loan_id}/refuse", {"version": 1, "reason": "mood"}),
    ("evaluation", "pinggu", "/api/notices", {"unit": "某局", "level": "county", "reason": "措施落实超期"}),
]


@pytest.mark.parametrize(("site", "login", "path", "body"), CODES)
def test_unknown_codes(
    sites: Sites, site: str, login: str, path: str, body: dict[str, Any], unchanged: None
) -> None:
    """A code that is on no list is refused as invalid, or as something that is not there."""
    answer = sites.client(site, login).post(address(path, sites.ids()), json=body)
    assert answer.status_code in {404, 422}, answer.text
    assert is_problem(answer)
