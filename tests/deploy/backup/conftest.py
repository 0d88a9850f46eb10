"""A small county whose employment database is lost half-way through."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from deploy.backup.manifest import Manifest
from deploy.backup.taking import take_backup
from deploy.databases import Database, migrations_of
from deploy.embedded.courier import Courier
from shared.kernel.clock import SetClock, at_hour
from tests.support.county_on import TestCounty, metadata_of, open_on, sqlite_in
from tests.support.household_story import mixed_stories

FIRST_DAY, TODAY = date(2022, 5, 1), date(2022, 7, 1)
STORIES = 2


@dataclass(frozen=True)
class Lost:
    """The county, its backup of employment, and what employment had told by the time it was lost."""

    county: TestCounty
    directory: Path
    manifest: Manifest
    told_since: set[str]
    """Ids of employment's events after the backup: in these stories each is somebody's doing."""


def database_of(county: TestCounty, name: str) -> Database:
    return Database(name, county.service(name).engine, *migrations_of(name))


def play(addresses: dict[str, str], broker_url: str, directory: Path) -> Lost:
    """Play stories, back employment up after two thirds of the steps, and go on to the end."""
    clock = SetClock(at_hour(TODAY, 9))
    county = open_on(addresses, broker_url, directory / "clock.json", clock=clock)
    stories = mixed_stories(STORIES, FIRST_DAY)
    steps = max(len(story.steps) for story in stories)
    with Courier(county.services) as courier:
        for number in range(steps):
            if number == steps * 2 // 3:
                manifest = take_backup(database_of(county, "employment"), directory / "backup")
            for story in stories:
                if number < len(story.steps):
                    story.take(story.steps[number], county)
            courier.deliver()
    outbox = metadata_of("employment").tables["outbox"]
    with county.employment.engine.connect() as connection:
        later = outbox.c.position > manifest.figures.outbox_position
        told = set(connection.execute(select(outbox.c.id).where(later)).scalars())
    return Lost(county, directory / "backup", manifest, told)


@pytest.fixture(scope="session", name="played")
def _played(tmp_path_factory):
    """A county played once on SQLite, to be copied."""
    directory = tmp_path_factory.mktemp("played")
    found = play(sqlite_in(directory), f"memory://{directory}", directory)
    found.county.close()
    return directory, found


@pytest.fixture
def lost(played, tmp_path):
    """A county on SQLite that has gone on after its backup of employment."""
    directory, found = played
    copy = shutil.copytree(directory, tmp_path / "county")
    clock = SetClock(at_hour(TODAY, 9))
    county = open_on(sqlite_in(copy), f"memory://{copy}", copy / "clock.json", clock=clock, upgrade=False)
    yield replace(found, county=county, directory=copy / "backup")
    county.close()
