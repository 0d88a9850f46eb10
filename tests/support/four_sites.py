"""The four sites over one small county on SQLite, and officials of every kind who ask them for something."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from shared.accounts import Accounts, NewAccount, Passwords
from shared.persistence.engine import open_engine
from shared.web.csrf import form_token
from shared.web.i18n import Words
from shared.web.session import COOKIE, Sessions
from shared.web.site import Gate, SiteLink
from tests.support.county_on import NAMES, TestCounty
from tests.support.household_story import CREDIT, WORK, Story, illness, suitable_families
from tests.support.running_county import in_this_thread, live_through

DAY_ONE, TODAY = date(2022, 3, 1), date(2022, 5, 1)
PASSWORD = "walnut-and-bees"
SECRET = "s" * 32


@dataclass
class FourSites:
    """The sites, and one household whose story is half told."""

    county: TestCounty
    apps: dict[str, FastAPI]
    story: Story
    sessions: Sessions

    def ids(self, site: str = "") -> dict[str, str]:
        """Return a real id for each name that addresses use."""
        results = self.story.results
        return {
            "household_id": self.story.household_id,
            "person_id": results["people"][0],
            "other_person_id": results["people"][1],
            "change_id": results["illness"].change_id,
            "clue_id": results["illness"].clue_id,
            "case_id": self.story.case_id,
            "measure_id": self.story.measure(CREDIT if site == "finance" else WORK),
            "job_id": results["job"],
            "loan_id": results["apply"],
        }

    def accounts(self) -> Accounts:
        return self.sessions.accounts


@contextmanager
def four_sites(directory: Path, people: Mapping[str, NewAccount]) -> Iterator[FourSites]:
    """Open them; *people* are added by login, ``own`` and ``other`` of whom may be found by ``areas_of``."""
    with in_this_thread(directory, DAY_ONE) as running:
        family, other = suitable_families(2)
        story = illness(family, DAY_ONE)
        live_through(running, [story, illness(other, DAY_ONE)])
        running.live_on(TODAY)
        engine = open_engine(f"sqlite:///{directory / 'accounts.db'}")
        clock = running.county.monitoring.clock
        accounts = Accounts(engine, clock=clock, passwords=Passwords(time_cost=1, memory_kib=8))
        for person in people.values():
            accounts.create(person, PASSWORD)
        sessions = Sessions(accounts, SECRET, clock=clock)
        gate = Gate(sessions, tuple(SiteLink(name, Words(name, name), f"/{name}") for name in NAMES))
        apps = {
            name: import_module(f"services.{name}.entrypoints.web.app").create_app(
                running.county.service(name), gate
            )
            for name in NAMES
        }
        yield FourSites(running.county, apps, story, sessions)
        engine.dispose()


@contextmanager
def quiet() -> Iterator[None]:
    """Let thousands of requests leave no line each."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield
    structlog.reset_defaults()


class Caller:
    """Somebody signed in (or nobody, without a login) who asks one site by page and by program."""

    def __init__(self, sites: FourSites, client: TestClient, login: str | None) -> None:
        self._client = client
        self.headers, self._token = {"Cookie": ""}, ""
        if login is not None:
            account = sites.accounts().of_login(login)
            assert account is not None, login
            cookie = sites.sessions.open(account)
            signed_in = sites.sessions.of_cookie(cookie)
            assert signed_in is not None
            self.headers = {"Cookie": f"{COOKIE}={cookie}"}
            self._token = form_token(SECRET, signed_in.session_id or "")

    def get(self, path: str) -> Response:
        return self._client.get(path, headers=self.headers)

    def post(self, path: str, values: dict[str, Any], *, file: bool = False) -> Response:
        """Send *values* as the address takes them, with the page's token where it wants one."""
        if path.startswith("/api/") and not file:
            return self._client.post(path, json=values, headers=self.headers)
        sent = {name: str(value) for name, value in values.items()} | {"csrf_token": self._token}
        files = {"file": ("table.xlsx", b"")} if file else None
        return self._client.post(path, data=sent, files=files, headers=self.headers)


def address(path: str, ids: Mapping[str, str]) -> str:
    """Return *path* with real ids where there are some."""
    return re.sub(r"\{(\w+)\}", lambda match: ids.get(match[1], "nothing"), path)


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
