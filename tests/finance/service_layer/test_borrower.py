from datetime import date

import pytest

from services.finance.domain.errors import HouseholdNotFoundError
from shared.contracts.monitoring import v1


def identified(household_id="h1", case_id="c1"):
    return v1.CaseIdentified(
        occurred_on=date(2022, 5, 1),
        household_id=household_id,
        case_id=case_id,
        monitored_class="100A03003",
        risks=("100A27001",),
        first_clue_on=date(2022, 4, 20),
        due_on=date(2022, 5, 5),
    )


def _get(service, household_id="h1"):
    with service.uow() as uow:
        return uow.borrowers.get(household_id)


def test_identification_may_come_first(service, told, make_household):
    """The class is known whichever of the two events arrives first."""
    told(identified())
    with pytest.raises(HouseholdNotFoundError):
        _get(service)
    told(make_household())
    assert {"100A03A03", "100A03003"} == _get(service).kinds_on(date(2022, 5, 1))


def test_the_newer_snapshot_wins(service, told, make_household):
    """Members and type are those of the highest version, whatever arrives last."""
    told(make_household(version=2, type_="100A03001", p2={}), make_household(version=1, p1={}))
    household = _get(service)
    assert ("100A03001", ["p2"]) == (
        household.household_type,
        [member.person_id for member in household.members],
    )
