from datetime import date
from decimal import Decimal

import pytest

from services.finance.domain.errors import NumberTakenError
from services.finance.domain.process import Acting
from services.finance.domain.project import Project, ProjectNotFoundError
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 6, 1)
ACTING = Acting(DAY, DAY, "示例")


def project(id_="p1") -> Project:
    one = Project.propose(
        ACTING,
        id=id_,
        area_code="610327102200",
        project_no=f"X-{id_}",
        name="示例果园",
        year=2022,
        kind="industry",
        funding="bridging",
        unit="610327102",
        planned_fen=2**40,
    )
    one.review("science", "1", ACTING)
    one.agree_benefit(["work", "share"], Decimal("5.50"), ACTING)
    return one


def test_gives_back_what_was_added(service):
    """Money, shares, reviews, modes and history are read back, equal."""
    with service.uow() as uow:
        added = project()
        uow.projects.add(added)
        assert added == uow.projects.get("p1")


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.projects.add(project())
        first, second = uow.projects.get("p1"), uow.projects.get("p1")
        uow.projects.save(first)
        with pytest.raises(StaleVersionError):
            uow.projects.save(second)


def test_only_new_ones_are_added_and_told(service, outbox):
    """Of many, those on record already stay as they are and tell nothing again."""
    with service.uow() as uow:
        assert 1 == uow.projects.add_new([project()])
        assert 1 == uow.projects.add_new([project(), project("p2")])
        uow.commit()
    assert ["p1", "p2"] == [event.data["project_id"] for event in outbox()]


def test_a_number_is_given_once(service):
    """A second project of a number is refused with it; a withdrawn one's number is free again."""
    with service.uow() as uow:
        first, second = project(), project("p2")
        second.project_no = first.project_no
        uow.projects.add(first)
        with pytest.raises(NumberTakenError, match=first.project_no):
            uow.projects.add(second)
        first.state = "withdrawn"
        uow.projects.save(first)
        uow.projects.add(second)
        assert "p2" == uow.projects.get("p2").id


def test_two_at_once_of_one_number(service):
    """What the question beforehand cannot see, the index refuses: try again."""
    with service.uow() as uow:
        first, second = project(), project("p2")
        second.project_no = first.project_no
        uow.projects.add(first)
        uow.projects._number = None  # as if the other one had not been committed yet
        with pytest.raises(StaleVersionError):
            uow.projects.add(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(ProjectNotFoundError):
        uow.projects.get("nothing")
