from pathlib import Path

import pytest
from sqlalchemy import select

from deploy.embedded.courier import Courier
from deploy.embedded.settle import Settling, offer_again
from tests.support.county_on import TestCounty, metadata_of, open_on, sqlite_in
from tests.support.household_story import illness, suitable_families
from tests.system.conftest import FIRST_DAY, TODAY

OUTBOX = metadata_of("monitoring").tables["outbox"]


@pytest.fixture(name="county")
def _county(tmp_path: Path):
    opened = open_on(sqlite_in(tmp_path), f"memory://{tmp_path}", tmp_path / "clock.json")
    opened.live_on(TODAY)
    yield opened
    opened.close()


def register(county: TestCounty, count: int) -> None:
    for family in suitable_families(count):
        story = illness(family, FIRST_DAY)
        story.take(story.steps[0], county)


def rows(county: TestCounty) -> list[tuple[bool, bool]]:
    """Return of each event of monitoring whether it is published and whether it is settled."""
    with county.monitoring.engine.connect() as connection:
        found = connection.execute(select(OUTBOX).order_by(OUTBOX.c.position)).all()
    return [(row.published_at is not None, row.settled_at is not None) for row in found]


def test_settled_when_everybody_has_it(county: TestCounty):
    """An event is settled when it was published and every reader knows it, and not before."""
    settling = Settling(county.services)
    register(county, 2)
    told = len(rows(county))
    assert 0 == settling.settle()
    with county.monitoring.uow() as uow:
        uow.outbox.mark_published(list(range(1, told + 1)), at=county.monitoring.clock())
        uow.commit()
    assert 0 == settling.settle()
    assert [(True, False)] * told == rows(county)
    offer_again(county.services)
    with Courier(county.services) as courier:
        courier.deliver()
    assert told == settling.settle()
    assert [(True, True)] * told == rows(county)
    assert 0 == settling.settle()


def test_only_the_unsettled_is_offered_again(county: TestCounty):
    """After a start what is known to have arrived stays published, anything else waits again."""
    register(county, 1)
    with Courier(county.services) as courier:
        courier.deliver()
    Settling(county.services).settle_all()
    settled = len(rows(county))
    register_another(county)
    new = len(rows(county)) - settled
    with county.monitoring.uow() as uow:
        uow.outbox.mark_published([settled + 1], at=county.monitoring.clock())
        uow.commit()
    offer_again(county.services)
    assert [(True, True)] * settled + [(False, False)] * new == rows(county)


def test_a_gap_is_looked_at_again(county: TestCounty):
    """An event that arrives later than its followers is settled all the same."""
    settling = Settling(county.services)
    register(county, 2)
    with county.monitoring.uow() as uow:
        first, second = uow.outbox.take(2)
        uow.outbox.mark_published([first.position, second.position], at=county.monitoring.clock())
        uow.commit()
    know(county, second.id)
    assert 1 == settling.settle()
    assert [(True, False), (True, True)] == rows(county)[:2]
    know(county, first.id)
    assert 1 == settling.settle()
    assert [(True, True), (True, True)] == rows(county)[:2]


def register_another(county: TestCounty) -> None:
    story = illness(suitable_families(2)[1], FIRST_DAY)
    story.take(story.steps[0], county)


def know(county: TestCounty, event_id: str) -> None:
    """Let every reader's inbox have *event_id*."""
    for service in county.services:
        if service.name != "monitoring":
            inbox = metadata_of(service.name).tables["inbox"]
            with service.engine.begin() as connection:
                row = {"event_id": event_id, "type": "monitoring.household_recorded.v1"}
                connection.execute(inbox.insert().values(**row, at=service.clock()))
