import pytest

from services.employment.domain.errors import LabourerNotFoundError


def _get(service, person_id):
    with service.uow() as uow:
        return uow.labourers.get(person_id)


def test_a_snapshot_makes_labourers(service, told, make_household):
    """The members of a snapshot are known with what their household's record says."""
    told(make_household("h1", p1={"labour_skill": "002", "school_status": "010"}))
    labourer = _get(service, "p1")
    assert ("h1", "Nh1", "002", "010", True) == (
        labourer.household_id,
        labourer.household_no,
        labourer.member.labour_skill,
        labourer.member.school_status,
        labourer.lifted_out,
    )


def test_the_newer_snapshot_wins(service, told, make_household):
    """An older version that arrives later changes nothing, neither the household nor its members."""
    told(make_household("h1", version=2, lifted_out=False, p1={"labour_skill": "003"}))
    told(make_household("h1", version=1, lifted_out=True, p1={"labour_skill": "001"}))
    labourer = _get(service, "p1")
    assert ("003", False) == (labourer.member.labour_skill, labourer.lifted_out)


def test_who_is_not_named_any_more_is_gone(service, told, make_household):
    """A person whom the newest version does not name is unknown, in either order of arrival."""
    told(make_household("h1", version=2, p2={}), make_household("h1", version=1, p1={}, p2={}))
    with pytest.raises(LabourerNotFoundError):
        _get(service, "p1")
    assert "p2" == _get(service, "p2").person_id


def test_a_person_who_moved_belongs_to_the_new_household(service, told, make_household):
    """Marked as left in one household and present in another: the other counts."""
    told(make_household("a", version=2, p1={"left": True}), make_household("b", version=1, p1={}))
    assert "b" == _get(service, "p1").household_id
