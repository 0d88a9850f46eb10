"""Who may do what: the reviewed table of tests/system/matrix against the running sites, cell by cell."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import ValidationError
from starlette.routing import Mount, Route

from shared.accounts import ROLES, NewAccount
from shared.web import running
from shared.web.forms import Form
from tests.support.county_on import NAMES, OF_REFUSALS, differences, state_of
from tests.support.four_sites import Caller, FourSites, address, example, four_sites, quiet
from tests.support.household_story import suitable_families

FOLDER = Path(__file__).parent / "matrix"
SERVICE_OF = {"employment": "县人社局", "finance": "县人行"}
STRANGER = "县自然资源局"
"""A department that no right names: where rights name departments, it stands for all the others."""
LOCAL = ("town", "village", "grid")


@dataclass(frozen=True)
class Right:
    """One row: who may, and the routes it opens."""

    name: str
    who: tuple[str, ...]
    departments: tuple[str, ...] = ()
    of: str = ""
    within: str = ""
    GET: tuple[str, ...] = ()
    POST: tuple[str, ...] = ()

    def allows(self, site: str, person: "Person") -> bool:
        """Say whether the table lets *person* in, wherever it is about."""
        if person.role != "department" or "department" not in self.who:
            return person.role in self.who
        if self.of and person.unit != SERVICE_OF[site]:
            return False
        return not self.departments or person.unit in self.departments


@dataclass(frozen=True)
class Person:
    login: str
    role: str
    unit: str = ""
    elsewhere: bool = False


@cache
def rights(site: str) -> tuple[Right, ...]:
    """Return the rows of *site*; those of every site among them."""
    found = []
    for file in (f"{site}.yaml", "every_site.yaml"):
        for name, row in yaml.safe_load((FOLDER / file).read_text(encoding="utf-8")).items():
            given: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
            }
            found.append(Right(name, **given))
    return tuple(found)


def departments() -> tuple[str, ...]:
    """Return every department that some right names, and one that none does."""
    named = {unit for site in NAMES for right in rights(site) for unit in right.departments}
    return (*sorted(named | set(SERVICE_OF.values())), STRANGER)


def people() -> tuple[Person, ...]:
    """Return somebody of every kind; of the departments one of each."""
    everywhere = [Person(role, role) for role in ROLES if role != "department"]
    offices = [Person(f"d{number}", "department", unit) for number, unit in enumerate(departments())]
    strangers = [Person(f"{role}2", role, elsewhere=True) for role in LOCAL]
    return (*everywhere, *offices, *strangers)


def new_account(person: Person) -> NewAccount:
    """Return the account of *person*; of the local roles the household's own place, or another town's."""
    own = suitable_families(1)[0].area_code
    elsewhere = "610327112" if own[:9] != "610327112" else "610327109"
    village = f"{elsewhere}200" if person.elsewhere else own
    area = {"town": village[:9], "village": village, "grid": village}.get(person.role, "610327")
    service = next((site for site, unit in SERVICE_OF.items() if unit == person.unit), None)
    role: Any = person.role
    return NewAccount(person.login, person.login, role, person.unit or person.login, area, service)


@dataclass
class Table:
    """The sites, the people, and what has been found wrong so far."""

    sites: FourSites
    stack: ExitStack
    wrong: list[str] = field(default_factory=list)

    def ids(self, site: str) -> dict[str, str]:
        return {**self.sites.ids(site), "unit_id": suitable_families(1)[0].area_code[:9], "item": "1"}

    def callers(self, site: str) -> dict[Person | None, Caller]:
        client = TestClient(self.sites.apps[site], follow_redirects=False, raise_server_exceptions=False)
        self.stack.enter_context(client)
        found: dict[Person | None, Caller] = {None: Caller(self.sites, client, None)}
        return found | {person: Caller(self.sites, client, person.login) for person in people()}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    accounts = {person.login: new_account(person) for person in people()}
    with ExitStack() as stack, quiet(), four_sites(tmp_path_factory.mktemp("matrix"), accounts) as sites:
        yield Table(sites, stack)


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Return every route of *app* there is, declared or not: method and path."""
    found, waiting = set(), list(app.routes)
    while waiting:
        route = waiting.pop()
        # A router that was included stands for its routes; whatever else there may be is not passed over.
        if isinstance(included := getattr(route, "original_router", None), APIRouter):
            waiting += included.routes
        elif isinstance(route, Mount):
            found.add(("GET", route.path))
        else:
            assert isinstance(route, Route | APIRoute), route
            found |= {(method, route.path) for method in route.methods or () if method != "HEAD"}
    return found


OPEN = {
    ("GET", "/livez"): "for probes",
    ("GET", "/readyz"): "for probes",
    ("GET", "/metrics"): "for Prometheus; figures, no people",
    ("GET", "/static"): "the stylesheet",
    ("GET", "/sign-in"): "before anybody is known",
    ("POST", "/sign-in"): "before anybody is known",
    ("GET", "/sign-in/provider"): "before anybody is known",
    ("GET", "/sign-in/provider/callback"): "before anybody is known",
    ("POST", "/sign-out"): "whoever is signed in; nobody else has anything to end",
    ("POST", "/language"): "whoever is signed in, for themselves",
    ("GET", "/api/openapi.json"): "what may be asked; no data",
}
"""Routes that no right opens, each with its reason."""
WITHOUT_A_TWIN = {"/pack.zip", "/scoreboard.xlsx"}
"""Files that have no second address below /api."""


def listed(site: str) -> list[tuple[str, str]]:
    """Return what the table of *site* has: each row's routes and their twins for programs."""
    found = []
    for right in rights(site):
        for method, paths in (("GET", right.GET), ("POST", right.POST)):
            for path in paths:
                found.append((method, path))
                if path not in WITHOUT_A_TWIN:
                    found.append((method, "/api" + path.rstrip("/")))
    return found


@pytest.mark.parametrize("site", NAMES)
def test_every_route_is_in_the_table(table: Table, site: str) -> None:
    """A route has its line, once; a line has its route; the rest is open, for a reason."""
    known = listed(site)
    assert sorted(set(known)) == sorted(known), "twice in the table"
    assert set(OPEN) == set(OPEN) & routes_of(table.sites.apps[site])
    assert set(known) == routes_of(table.sites.apps[site]) - set(OPEN)


def said(answer: Response) -> str:
    """Return the code of a refusal; of a page's, where no code is to be seen, the kind of answer."""
    if answer.headers.get("content-type", "") == "application/problem+json":
        return str(answer.json()["code"])
    return "not_signed_in" if "/sign-in" in answer.headers.get("location", "") else str(answer.status_code)


@pytest.mark.parametrize("site", NAMES)
def test_nobody_gets_nothing(table: Table, site: str) -> None:
    """Without a sign-in there is the way to it, and a 401 for programs; never an answer."""
    nobody = table.callers(site)[None]
    wrong = []
    for method, path in listed(site):
        where = address(path, table.ids(site))
        answer = nobody.get(where) if method == "GET" else nobody.post(where, {})
        expected = {401} if path.startswith("/api") else {303, 415}
        if answer.status_code not in expected or (
            answer.status_code == 303 and said(answer) != "not_signed_in"
        ):
            wrong.append((method, path, answer.status_code))
    assert not wrong, "\n".join(["", *map(str, wrong)])


def schemas_of(app: FastAPI, caller: Caller) -> dict[str, tuple[dict[str, Any], bool]]:
    """Return of each action what its body is, and whether it carries a file."""
    document, found = caller.get("/api/openapi.json").json(), {}
    for path, operations in document["paths"].items():
        for body in operations.get("post", {}).get("requestBody", {}).get("content", {}).items():
            schema = body[1]["schema"]
            if "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
            found[path] = (schema, body[0] == "multipart/form-data")
    return found


@pytest.mark.parametrize("site", NAMES)
def test_each_route(table: Table, site: str) -> None:
    """Of each route two cells, another pair for the next: who may not is refused and changes nothing."""
    wrong = wrong_cells(table, site, whole=False)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.chaos
@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("site", NAMES)
def test_each_cell(table: Table, site: str) -> None:
    """Every cell: who may not is refused and changes nothing; who may is not refused for who they are."""
    wrong = wrong_cells(table, site, whole=True)
    assert not wrong, "\n".join(["", *wrong])


def wrong_cells(table: Table, site: str, *, whole: bool) -> list[str]:
    """Ask for the cells of *site* and return those that are not as the table says, and what was changed."""
    callers = table.callers(site)
    schemas = schemas_of(table.sites.apps[site], callers[None])
    before = state_of(table.sites.county, without=(*OF_REFUSALS, "idempotency"))
    wrong: list[str] = []
    for number, (right, method, path) in enumerate(rows(site)):
        seen: set[bool] = set()
        for person in asking(right, site) if whole else two_of(asking(right, site), right, site, number):
            allowed = right.allows(site, person)
            for twin in twins(path, page=whole and allowed not in seen):
                answer = ask(callers[person], method, twin, table.ids(site), schemas)
                elsewhere = of_another_place(answer, right, path, person, table.ids(site))
                if (refused(answer) == allowed and not elsewhere) or answer.status_code >= 500:
                    wrong.append(f"{method} {twin} {person.login} {person.unit}: {said(answer)}")
            seen.add(allowed)
    changed = differences(before, state_of(table.sites.county, without=(*OF_REFUSALS, "idempotency")))
    return wrong + [f"changed: {name} {rows_[:2]}" for name, rows_ in changed.items()]


def rows(site: str) -> list[tuple[Right, str, str]]:
    """Return every route of the table with its right."""
    both = [(right, (("GET", right.GET), ("POST", right.POST))) for right in rights(site)]
    return [(right, method, path) for right, named in both for method, paths in named for path in paths]


def two_of(every: list[Person], right: Right, site: str, number: int) -> list[Person]:
    """Return one who may and one who may not; by *number* each gets a turn."""
    groups = [[one for one in every if right.allows(site, one) == allowed] for allowed in (True, False)]
    return [group[number % len(group)] for group in groups if group]


def asking(right: Right, site: str) -> list[Person]:
    """Return who tries: each role, a department the row lets in, and one that it does not name."""
    offices = [one for one in people() if one.role == "department" and right.allows(site, one)]
    strangers = [one for one in people() if one.unit == STRANGER and one not in offices[:1]]
    return [
        *(one for one in people() if one.role != "department" and not one.elsewhere),
        *offices[:1],
        *strangers,
    ]


def twins(path: str, *, page: bool) -> list[str]:
    """Return the addresses of a route; both have one rule, so its page is asked for once each way."""
    program = [] if path in WITHOUT_A_TWIN else ["/api" + path.rstrip("/")]
    return [*program, *([path] if page or not program else [])]


def ask(caller: Caller, method: str, path: str, ids: dict[str, str], schemas: dict[str, Any]) -> Response:
    """Ask with input that is wrong: who is let in is told so, and nothing is done."""
    where = address(path, ids)
    if method == "GET":
        return caller.get(where)
    _, file = schemas["/api" + path.removeprefix("/api")]
    return caller.post(where, {"nothing": "of this name"}, file=file)


def refused(answer: Response) -> bool:
    """Say whether it was for who is asking; a page's refusal is known by its status."""
    code = said(answer)
    return code in {
        "not_permitted",
        "outside_area",
        "not_signed_in",
        "403",
        "form_expired",
        "cross_site_request",
    }


def of_another_place(answer: Response, right: Right, path: str, person: Person, ids: dict[str, str]) -> bool:
    """Say whether an allowed person was refused for the place: what this county has none of lies nowhere.

    Nor does this county give its grid worker a household.
    """
    nowhere = "nothing" in address(path, ids) or person.role == "grid"
    return bool(right.within) and "{" in path and nowhere and said(answer) in {"outside_area", "403"}


@pytest.mark.parametrize("site", NAMES)
def test_another_place(table: Table, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who works in another town or village, and may do it there, is refused for this household."""
    monkeypatch.setattr(Form, "model_validate_json", classmethod(_whatever))
    monkeypatch.setattr(running, "_validated", _anything)
    callers = table.callers(site)
    schemas = schemas_of(table.sites.apps[site], callers[None])
    before = state_of(table.sites.county, without=(*OF_REFUSALS, "idempotency"))
    wrong = []
    for right in rights(site):
        for person in people():
            if not (person.elsewhere and right.within and right.allows(site, person)):
                continue
            for path in (one for one in right.GET if "{" in one):
                answer = callers[person].get(address("/api" + path, table.ids(site)))
                if answer.status_code not in {403, 404, 422}:
                    wrong.append(f"GET {path} {person.login}: {said(answer)}")
            for path in (one for one in right.POST if "{" in one):
                schema, file = schemas["/api" + path]
                body = {name: example(part) for name, part in schema.get("properties", {}).items()}
                answer = callers[person].post(address("/api" + path, table.ids(site)), body, file=file)
                if answer.status_code not in {403, 404}:
                    wrong.append(f"POST {path} {person.login}: {said(answer)}")
    assert not wrong, "\n".join(["", *map(str, wrong)])
    assert {} == differences(before, state_of(table.sites.county, without=(*OF_REFUSALS, "idempotency")))


def _whatever(form: type[Form], data: bytes, /, **_options: object) -> Form:
    """Let input pass that is wrong: here it is asked who may, not what."""
    given = yaml.safe_load(data)
    try:
        return form.model_validate(given)
    except ValidationError:
        return form.model_construct(**{name: given.get(name) for name in form.model_fields})


def _anything(form: type[Form], typed: dict[str, Any]) -> Form:
    return form.model_construct(**{name: typed.get(name) for name in form.model_fields})
