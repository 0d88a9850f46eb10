"""Invented households."""

from stdnum.cn import ric

from deploy.simulation.people import families


def test_the_same_seed_invents_the_same_people():
    """A county can be made again; another seed makes another one."""
    assert families("1", 50) == families("1", 50)
    assert families("1", 50) != families("2", 50)


def test_identity_numbers_are_well_formed_unique_and_of_nobody():
    """Every number passes GB 11643, none repeats, and all carry the area under which no card is issued."""
    numbers = [person.id_number for family in families("1", 3000) for person in family.people]
    assert all(ric.is_valid(number) for number in numbers)
    assert len(numbers) == len(set(numbers))
    assert {"610300"} == {number[:6] for number in numbers}


def test_every_household_has_one_head():
    """The head comes first and is alone in that place; a spouse has the other sex."""
    for family in families("1", 500):
        relations = [person.relation for person in family.people]
        assert "001" == relations[0]
        assert 1 == relations.count("001")
        spouses = [person for person in family.people if person.relation == "002"]
        assert all(spouse.sex != family.people[0].sex for spouse in spouses)


def test_all_villages_have_households():
    """Households are spread over all 104 villages by turns."""
    assert 104 == len({family.area_code for family in families("1", 104)})
