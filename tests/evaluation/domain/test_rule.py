import pytest

from services.evaluation.domain.errors import UnknownIndicatorError
from services.evaluation.domain.rule import Target


@pytest.mark.parametrize(
    ("confirmed", "source"),
    [
        (True, "plan"),
        (True, "plan (应纳尽纳)"),
        (False, "proposal"),
        (False, "config"),
        (False, "plan (及时), N proposal 30"),
    ],
)
def test_only_the_plans_own_numbers_are_confirmed(confirmed, source):
    """A target the county must still set, or we proposed, is shown as unconfirmed."""
    assert confirmed is Target("=", "100", source).confirmed


def test_units_named_by_the_item_answer_for_the_countys_value(rulebook):
    """Employment (item 12) is the employment office's, and nobody else's."""
    assert ("县人社局",) == rulebook.responsible_for(rulebook.indicator("I12-1"))


def test_every_sector_department_answers_for_its_own_measures(rulebook):
    """Item 1 says "every sector department": those the county listed have a value of their own."""
    units = rulebook.responsible_for(rulebook.indicator("I01-5"))
    assert set(rulebook.sector_departments) == set(units)


def test_a_department_may_be_criticised_whatever_it_does(rulebook):
    """Notices are counted against every department."""
    assert rulebook.departments == rulebook.responsible_for(rulebook.indicator("I37-4"))


def test_an_indicator_of_towns_alone_concerns_no_department(rulebook):
    """The real-name register is the towns' work."""
    assert () == rulebook.responsible_for(rulebook.indicator("I12-4"))


def test_what_is_not_computed_is_not_an_indicator_to_score(rulebook):
    """An indicator without a rule can't be asked for a score; every planned one has its rule."""
    planned = [one.id for point in rulebook.work_points for one in point.indicators]
    assert [] == [one for one in planned if not rulebook.computes(one)]
    assert not rulebook.computes("I02-99")
    with pytest.raises(UnknownIndicatorError):
        rulebook.indicator("I02-99")
