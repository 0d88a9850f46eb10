from datetime import date

import pytest

from services.monitoring.adapters.read_models_guarantee import find_uninsured
from services.monitoring.domain.guarantee_errors import AmountBoundsError
from services.monitoring.service_layer.medical.cover import CoverRow, RecordCovers, record_covers
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.guarantee_kit import needy, read_household

ON = date(2022, 6, 20)
TOLD = "monitoring.medical_cover_recorded.v1"


def record(service, home, scheme, persons=(0, 1, 2, 3), year=2022, subsidy=0):
    rows = tuple(CoverRow(home.id, home.members[number].id, scheme, subsidy) for number in persons)
    return record_covers(RecordCovers(year=year, on=ON, rows=rows), service.uow(), service.checks)


def uninsured(service, year=2022):
    with service.engine.connect() as connection:
        rows, total = find_uninsured(connection, year, area_code="", limit=10)
    assert len(rows) == total
    return {one.person_id for one in rows}


def test_the_list_is_told_once(service, outbox):
    """Taking the same list again changes nothing and tells nobody."""
    home = needy(service)
    first, again = record(service, home, "resident"), record(service, home, "resident")
    assert [(4, 0), (0, 4)] == [(one.changed, one.unchanged) for one in (first, again)]
    assert [1] * 4 == [one["version"] for one in outbox(TOLD)]


def test_a_change_is_the_next_version(service, outbox):
    """Somebody who changed from residents to employees is told as version 2."""
    home = needy(service)
    record(service, home, "resident")
    record(service, home, "employee", (0,))
    assert (2, "employee") == (outbox(TOLD)[-1]["version"], outbox(TOLD)[-1]["scheme"])


def test_the_registry_follows_the_list(service):
    """Insurance is the list's fact: the registry is put right through its own rules."""
    home = needy(service)
    record(service, home, "none", (1,))
    record(service, home, "employee", (0,))
    members = read_household(service, home.id).members
    assert [(False, True), (False, False), (True, None)] == [
        (one.resident_insurance, one.employee_insurance) for one in members[:3]
    ]


def test_another_year_leaves_the_registry(service):
    """Last year's list is kept and changes nothing of today's record."""
    home = needy(service)
    record(service, home, "none", year=2021)
    assert all(one.insured for one in read_household(service, home.id).members)


def test_who_is_not_insured(service):
    """The list of the year counts; for whom it says nothing, the registry's entry does."""
    home = needy(service)
    assert set() == uninsured(service)
    record(service, home, "none", (1, 2))
    record(service, home, "resident", (2,))
    assert {home.members[1].id} == uninsured(service)


@pytest.mark.parametrize(
    ("scheme", "subsidy", "error"),
    [("full", 0, UnknownCodeError), ("resident", -1, AmountBoundsError), ("none", 10**8, AmountBoundsError)],
)
def test_a_list_with_a_wrong_row_is_refused_whole(service, outbox, scheme, subsidy, error):
    """An unknown scheme or an impossible subsidy refuses the list, and nothing of it is kept."""
    with pytest.raises(error):
        record(service, needy(service), scheme, subsidy=subsidy)
    assert [] == outbox(TOLD)
