from datetime import date

import pytest

from services.employment.domain.errors import PlacementNotFoundError
from services.employment.domain.placement import Placement
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 3, 1)


def placement(**other) -> Placement:
    about = {"id": "a1", "post_id": "post1", "person_id": "p1", "household_id": "h1", "started_on": DAY}
    return Placement(**{**about, "area_code": "610327102200", "ends_on": date(2023, 2, 28), **other})


def test_gives_back_what_was_added(service):
    """What is added is read back, equal, with the months checked."""
    with service.uow() as uow:
        uow.placements.add(placement(attendance={"202203": True, "202204": False}, override_reason="夜班"))
        expected = placement(version=1, attendance={"202203": True, "202204": False}, override_reason="夜班")
        assert expected == uow.placements.get("a1")
        assert [expected] == uow.placements.of_person("p1")


def test_counts_who_holds_a_post(service):
    """Only placements that have not ended hold a place."""
    with service.uow() as uow:
        uow.placements.add(placement())
        uow.placements.add(placement(id="a2", ended_on=DAY, end_reason="died"))
        uow.placements.add(placement(id="a3", post_id="post2"))
        assert (1, 0) == (uow.placements.open_on("post1"), uow.placements.open_on("post3"))


def test_finds_what_has_run_out(service):
    """A placement has run out on the day after its last one, unless it ended before."""
    with service.uow() as uow:
        uow.placements.add(placement())
        uow.placements.add(placement(id="a2", ended_on=DAY, end_reason="died"))
        assert [] == uow.placements.expired(date(2023, 2, 28))
        assert ["a1"] == [each.id for each in uow.placements.expired(date(2023, 3, 1))]


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.placements.add(placement())
        first, second = uow.placements.get("a1"), uow.placements.get("a1")
        uow.placements.save(first)
        with pytest.raises(StaleVersionError):
            uow.placements.save(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(PlacementNotFoundError):
        uow.placements.get("a1")
