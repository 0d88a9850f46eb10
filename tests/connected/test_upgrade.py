"""The next release comes in under load: databases migrated, processes replaced one by one, nothing lost."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Self

import httpx
import psycopg
import pytest
from sqlalchemy import create_engine, text

from deploy.embedded.courier import Courier
from deploy.simulation.people import families
from services.monitoring.adapters.sealing_by_person import seal_by_person
from services.monitoring.entrypoints.web.household import RegisterForm
from services.monitoring.service_layer.household import RegisterHousehold, register_household
from shared.accounts import NewAccount, open_accounts
from shared.kernel.clock import BusinessClock, SetClock, at_hour
from shared.persistence.backfill import fill
from tests.support.county_on import NAMES, OF_A_MOMENT_TOLD, TestCounty, open_on, sqlite_in
from tests.support.county_workers import ROOT, wait_until
from tests.support.postgresql import PostgreSQL
from tests.support.releases import Processes, last_release, tree_of

pytestmark = [pytest.mark.connected, pytest.mark.chaos, pytest.mark.long, pytest.mark.timeout(1200)]

TODAY = date(2022, 6, 1)
PASSWORD = "Shangyuan-7-Qiao"
SITES = ("web 1", "web 2")
LONGEST_WAIT = 2.0


def body_of(family: Any) -> dict[str, Any]:
    """Return the registration of an invented family, as a program sends it."""
    person = ("name", "sex", "relation", "labour_skill", "id_number", "education", "school_status")
    return {
        "household_no": family.number,
        "area_code": family.area_code,
        "on": "2022-03-01",
        "persons": [
            {name: getattr(one, name) for name in person} | {"born_on": one.born_on.isoformat()}
            for one in family.people
        ],
    }


class Load:
    """Registers one family after another at one site after the other, until told to stop."""

    def __init__(self, ports: dict[str, int]) -> None:
        self._ports = ports
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.accepted: list[Any] = []
        self.answers: Counter[int] = Counter()
        self.refused_connections = 0
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(60)

    def grow(self, by: int) -> None:
        """Wait until *by* more were accepted."""
        wanted = len(self.accepted) + by
        wait_until(
            lambda: self.failure is not None or len(self.accepted) >= wanted, 240, f"{wanted} accepted"
        )
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            for number, family in enumerate(families("upgrade", 5000)):
                if self._ending.is_set():
                    return
                self._register(number, family)
        except BaseException as error:  # noqa: BLE001  (told by grow, in the thread of the test)
            self.failure = error

    def _register(self, number: int, family: Any) -> None:
        """Try one site after the other; only a connection that is refused is tried again."""
        for attempt in range(600):
            port = self._ports[SITES[(number + attempt) % len(SITES)]]
            try:
                answer = httpx.post(
                    f"http://127.0.0.1:{port}/api/households",
                    json=body_of(family),
                    auth=("county", PASSWORD),
                    headers={"Idempotency-Key": family.number},
                    timeout=30,
                )
            except httpx.ConnectError:
                self.refused_connections += 1
                time.sleep(0.1)
                continue
            self.answers[answer.status_code] += 1
            assert answer.status_code == 201, answer.text
            self.accepted.append(family)
            return
        raise AssertionError("no site took the connection")


class LockWaits:
    """The longest anybody's statement has waited for a lock, looked at every 30 ms."""

    def __init__(self, server: PostgreSQL) -> None:
        self._address = server.url.replace("+psycopg", "")
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.longest = 0.0
        self.looked = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(20)

    def _watch(self) -> None:
        waiting = (
            "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - l.waitstart)), 0)"
            " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE NOT l.granted AND l.locktype <> 'advisory' AND a.application_name <> 'command'"
        )
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._ending.wait(0.03):
                found = connection.execute(waiting).fetchone()
                self.longest = max(self.longest, float(found[0]) if found else 0.0)
                self.looked += 1


@pytest.fixture(name="places")
def _places(postgresql: PostgreSQL) -> Iterator[dict[str, str]]:
    """An empty database for each service and for the accounts."""
    names = {name: f"upgrade_{name}" for name in (*NAMES, "accounts")}
    yield {name: postgresql.create_database(database) for name, database in names.items()}
    for database in names.values():
        postgresql.drop_database(database)


def told(journal_of: str) -> list[str]:
    """Return every fact evaluation has journaled of households, without ids and times, sorted.

    Not what the clock finds: that depends on when a worker looked, and the undisturbed run has none.
    """
    engine = create_engine(journal_of)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT type, envelope FROM journal")).all()
    engine.dispose()
    facts = (
        (row.type, _nameless(json.loads(row.envelope)["data"])) for row in rows if _of_commands(row.type)
    )
    return sorted(f"{kind} {json.dumps(data, sort_keys=True)}" for kind, data in facts)


def _of_commands(kind: str) -> bool:
    return kind.startswith("monitoring.") and kind not in OF_A_MOMENT_TOLD


def _nameless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _nameless(one) for name, one in value.items() if not name.endswith(("_id", "_ids"))}
    return [_nameless(one) for one in value] if isinstance(value, list) else value


def undisturbed(accepted: list[Any], directory: Path) -> list[str]:
    """Register the same families with this release, in one thread, and return what evaluation was told."""
    directory.mkdir()
    addresses = sqlite_in(directory)
    clock = SetClock(at_hour(TODAY, 9))
    county = open_on(addresses, f"memory://{directory}", directory / "clock.json", clock=clock)
    with Courier(county.services) as courier:
        for family in accepted:
            county.begin(family.number)
            form = RegisterForm.model_validate(body_of(family))
            command = RegisterHousehold(
                household_no=form.household_no,
                area_code=form.area_code,
                household_type=form.household_type,
                persons=tuple(one.person() for one in form.persons),
                on=date(2022, 3, 1),
            )
            register_household(command, county.monitoring.uow(), county.monitoring.checks)
        courier.deliver()
    county.close()
    return told(addresses["evaluation"])


def open_account(address: str) -> None:
    """Let the load sign in."""
    kept = open_accounts(address)
    kept.create(NewAccount("county", "县级", "county", "县乡村振兴局", "610327"), PASSWORD)
    kept._engine.dispose()


def everything_arrived(county: TestCounty) -> None:
    """Wait until no outbox holds anything and every reader knows every event it takes."""
    wait_until(lambda: county.waiting() == 0 and county.missing() == 0, 90, "the arrival of everything")


def test_an_upgrade_under_load(
    places: dict[str, str], vhost: str, postgresql: PostgreSQL, tmp_path: Path
) -> None:
    """From the last release to this one without a pause: nothing lost or doubled, no 5xx, no long wait."""
    old, log, clock = (
        tree_of(last_release()["commit"], tmp_path / "old"),
        tmp_path / "log",
        tmp_path / "clock.json",
    )
    accounts = places.pop("accounts")
    BusinessClock(clock).move_to(at_hour(TODAY, 9))
    with Processes(places, accounts, vhost, clock, log) as processes:
        for name in NAMES:
            assert processes.run(old, "upgrade", name).returncode == 0
        for site in SITES:
            processes.web(old, site, "monitoring")
        open_account(accounts)
        for name in NAMES:
            processes.worker(old, name, name)
        with Load(processes.ports) as load, LockWaits(postgresql) as waits:
            load.grow(10)
            behind = processes.run(ROOT, "db", "check")
            upgraded = processes.run(ROOT, "db", "upgrade", "--lock-seconds", "1")
            assert (3, 0) == (behind.returncode, upgraded.returncode), upgraded.stderr.decode()
            assert 0 == processes.run(ROOT, "db", "check").returncode
            load.grow(10)  # the old release on the new databases
            for name in NAMES:
                processes.worker(ROOT, name, name)
                load.grow(3)
            for site in SITES:
                processes.web(ROOT, site, "monitoring")
                load.grow(10)
            county = open_on(places, vhost, clock, upgrade=False)
            filled = list(fill(county.monitoring, seal_by_person, limit=50))
            load.grow(10)
        everything_arrived(county)
        assert load.failure is None, load.failure
        assert [] == county.set_aside()
        county.close()
        assert {*processes.stop()} <= {0, -signal.SIGTERM}
    assert filled
    assert {201} == {*load.answers}
    assert waits.looked > 100
    assert waits.longest < LONGEST_WAIT
    expected = undisturbed(load.accepted, tmp_path / "undisturbed")
    assert len(expected) >= len(load.accepted) > 50
    assert expected == told(places["evaluation"])
