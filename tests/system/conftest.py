import itertools
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.support.county_on import NAMES, TestCounty, open_on
from tests.support.county_workers import CountyWorkers
from tests.support.household_story import Story, mixed_stories
from tests.support.playing import Undisturbed, play_undisturbed
from tests.support.postgresql import PostgreSQL

FIRST_DAY, TODAY = date(2022, 3, 1), date(2022, 6, 1)
STORIES = 15
"""Five of each kind: some thousand events, and many moments at which to be killed."""
_numbers = itertools.count(1)


@pytest.fixture
def databases(postgresql: PostgreSQL) -> Iterator[dict[str, str]]:
    """An empty database for each of the four services."""
    prefix = f"county{next(_numbers)}"
    names = {name: f"{prefix}_{name}" for name in NAMES}
    yield {name: postgresql.create_database(database) for name, database in names.items()}
    for database in names.values():
        postgresql.drop_database(database)


@pytest.fixture
def county(databases: dict[str, str], vhost: str, tmp_path: Path) -> Iterator[TestCounty]:
    """The four services on PostgreSQL and RabbitMQ; no worker runs yet."""
    opened = open_on(databases, vhost, tmp_path / "clock.json")
    opened.live_on(TODAY)
    yield opened
    opened.close()


@pytest.fixture
def workers(county: TestCounty, tmp_path: Path) -> Iterator[CountyWorkers]:
    """The worker processes of ``county``; none runs yet."""
    with CountyWorkers(county, Path(os.environ.get("COUNTY_LOG", tmp_path / "workers.log"))) as processes:
        yield processes


@pytest.fixture
def stories() -> list[Story]:
    """What befalls some households; long enough for many things to go wrong meanwhile."""
    return mixed_stories(STORIES, FIRST_DAY)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """How ``stories`` end when nothing goes wrong: played once, on SQLite, in one thread."""
    return play_undisturbed(mixed_stories(STORIES, FIRST_DAY), tmp_path_factory.mktemp("undisturbed"), TODAY)
