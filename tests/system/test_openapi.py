"""Every OpenAPI document, operation by operation: nothing made up makes a site fall, or lets anybody in."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from shared.accounts import NewAccount
from tests.support.county_on import NAMES
from tests.support.four_sites import Caller, FourSites, address, four_sites, quiet

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
"""Not positive_data_acceptance: a form of the right shape may name what there is not, or a day to come. Not
ignored_auth and its like, which ask again by themselves: here somebody unknown asks for everything."""
A_FEW = 16
"""Operations of a site in `make test`, spread over its document; all of them in `make chaos`."""
MANY = int(os.environ.get("OPENAPI_EXAMPLES", "15"))
BAD = (
    "0000",
    "9" * 30,
    "\0",
    "\u202e💥'\"<",
    "-1",
    "2022-02-30",
    "２０２２",
    "0001-01-01",
    "9999-12-31",
    "1e9",
    "%",
    "",
)
"""What breaks programs that read days, years, numbers and patterns out of addresses."""
OPEN = {"/api/openapi.json"}
OFFICIALS = {
    "county": NewAccount("county", "县级管理员", "county", "县乡村振兴局", "610327"),
    "evaluator": NewAccount("evaluator", "评估员", "evaluator", "县考核办", "610327", service="evaluation"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FourSites]:
    with quiet(), four_sites(tmp_path_factory.mktemp("openapi"), OFFICIALS) as opened:
        yield opened


def operations(sites: FourSites, site: str) -> list[APIOperation]:
    """Return what the document of *site* says may be asked."""
    document = TestClient(sites.apps[site]).get("/api/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    return [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]  # an Err fails


def send(client: TestClient, case: Case, headers: dict[str, str]) -> Response:
    """Send *case* as it is; what cannot be said in HTTP is left out as a client would."""
    given = case.as_transport_kwargs(base_url="http://testserver")
    given["headers"] = {**{k: v for k, v in given.get("headers", {}).items() if v is not None}, **headers}
    wanted = ("method", "url", "headers", "params", "json", "data", "files")
    named = {name: value for name, value in given.items() if name in wanted and value is not None}
    if isinstance(named.get("data"), bytes | str):
        named["content"] = named.pop("data")
    return client.request(**named, follow_redirects=False)


def wrong_with(case: Case, answer: Response, checks: list[Any]) -> str | None:
    """Return what is wrong with *answer*, in a line."""
    try:
        case.validate_response(answer, checks=checks)
    except (Failure, FailureGroup) as error:
        told = [str(one) for one in getattr(error, "exceptions", [error])]
        asked = f"{case.method} {case.formatted_path} {str(case.query)[:200]} {str(case.body)[:300]}"
        return f"{asked} {told} {answer.text[:200]}"
    return None


def run(sites: FourSites, site: str, examples: int, *, known: bool, each: int = 1) -> list[str]:
    """Ask for every *each*-th operation with made-up input, right and wrong, as an official or as nobody."""
    wrong: list[str] = []
    with TestClient(sites.apps[site], raise_server_exceptions=False) as client:
        login = "evaluator" if site == "evaluation" else "county"
        headers = Caller(sites, client, login).headers if known else {"Cookie": ""}
        for operation in operations(sites, site)[::each]:
            for mode in GenerationMode if known else [GenerationMode.POSITIVE]:
                ask = _asking(operation, mode, examples, sites.ids(site), client, headers, wrong, known=known)
                if ask is not None:
                    ask()
    return wrong


def _asking(
    operation: APIOperation,
    mode: GenerationMode,
    examples: int,
    ids: dict[str, str],
    client: TestClient,
    headers: dict[str, str],
    wrong: list[str],
    *,
    known: bool,
) -> Any:
    if mode is GenerationMode.NEGATIVE and operation.method == "get" and not operation.query:
        return None  # nothing to say wrongly: any text may be an id

    @seed(2022)
    @settings(
        max_examples=examples,
        derandomize=False,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def ask(case: Case, real: bool) -> None:
        if real and mode is GenerationMode.POSITIVE:
            case.path_parameters = {**case.path_parameters, **_known(case.path_parameters, ids)}
        answer = send(client, case, headers)
        if not known:
            if answer.status_code < 300 and operation.path not in OPEN:
                wrong.append(f"{case.method} {case.formatted_path}: {answer.status_code} for nobody")
            return
        found = wrong_with(case, answer, CHECKS)
        if found is not None:
            wrong.append(found)

    return ask


def _known(names: Any, ids: dict[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in names if name in ids}


@pytest.mark.parametrize("site", NAMES)
def test_made_up_input(sites: FourSites, site: str) -> None:
    """No server error; statuses and content types as documented; what is wrongly shaped is refused."""
    wrong = run(sites, site, 1, known=True, each=len(operations(sites, site)) // A_FEW)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("site", NAMES)
def test_nobody_is_let_in(sites: FourSites, site: str) -> None:
    """Whatever somebody without a sign-in asks for, and however, there is no answer with anything in it."""
    wrong = run(sites, site, 1, known=False, each=len(operations(sites, site)) // A_FEW)
    assert not wrong, "\n".join(wrong)


@pytest.mark.chaos
@pytest.mark.long
@pytest.mark.parametrize("site", NAMES)
def test_every_question_asked_badly(sites: FourSites, site: str) -> None:
    """Each parameter of each page, filled with what breaks programs: refused or ignored, never a fall."""
    wrong = []
    with TestClient(sites.apps[site], raise_server_exceptions=False) as client:
        caller = Caller(sites, client, "evaluator" if site == "evaluation" else "county")
        document = caller.get("/api/openapi.json").json()
        for path, operation in document["paths"].items():
            for one in operation.get("get", {}).get("parameters", ()):
                for bad in BAD if one["in"] == "query" else BAD[:4]:
                    given = {one["name"]: bad} if one["in"] == "query" else {}
                    ids = {**sites.ids(site), **({} if given else {one["name"]: quote(bad, safe="")})}
                    answer = caller.get(f"{address(path, ids)}?{urlencode(given)}")
                    if answer.status_code >= 500:
                        wrong.append(f"{path} {one['name']}={bad!r}: {answer.status_code}")
    assert not wrong, "\n".join(["", *map(str, wrong)])


@pytest.mark.chaos
@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("site", NAMES)
def test_much_made_up_input(sites: FourSites, site: str) -> None:
    """Every operation, with more of everything."""
    wrong = run(sites, site, MANY, known=True)
    assert not wrong, "\n".join(wrong)
