import pytest

from services.monitoring.domain.environment.sewage import CheckNoteMissingError, FacilityChecked, SiteCheck
from tests.monitoring.process_kit import DAY


def check(**given):
    told = {"id": "c1", "site_id": "s1", "site_kind": "sewage", "area_code": "610327109203"}
    return SiteCheck.make(**told | {"checked_on": DAY, "fine": True} | given)


def test_something_wrong_is_described():
    """A facility that does not run needs a word about it; one that runs needs none."""
    with pytest.raises(CheckNoteMissingError):
        check(fine=False)
    assert (False, True) == (check(fine=False, note="风机停运").fine, check().fine)


@pytest.mark.parametrize(("kind", "facts"), [("sewage", 1), ("public_toilet", 0)])
def test_only_sewage_is_told(kind, facts):
    """The county counts checks of sewage facilities; those of public toilets stay in the office."""
    told = [fact for fact in check(site_kind=kind).facts if isinstance(fact, FacilityChecked)]
    assert facts == len(told)
