"""Lists, warnings and differences in both databases."""

import pytest

from services.monitoring.service_layer.household import register_household
from tests.monitoring.comparison_kit import (
    SON_NUMBER,
    WIFE_NUMBER,
    cost,
    deliver,
    differences,
    insured,
    lists,
    warnings,
)
from tests.monitoring.kit import family


@pytest.fixture
def service(both_services):
    register_household(family(), both_services.uow(), both_services.checks)
    return both_services


def test_numbers_are_found_by_their_hash(service):
    """Two of three rows are about members of the family."""
    deliver(service, "insured", insured(), insured(WIFE_NUMBER), insured("610327199001011234"))
    assert [(3, 2, 0, 1)] == lists(service, "rows", "matched", "by_name", "unmatched")


def test_warnings_and_differences_are_kept_once(service):
    """The same findings of two months are one warning and one difference."""
    for month in ("202205", "202206"):
        deliver(service, "medical_cost", cost(inpatient=2_000_000), month=month)
        deliver(service, "insured", insured(yes=False), month=month)
    assert ([("YB-02", "to_check", "202205")], [("insured", "no", "yes", "register", "")]) == (
        warnings(service),
        differences(service),
    )


def test_complete_list_asks_about_whom_it_leaves_out(service):
    """One of three on a complete list: the other two differ; on the next they agree again."""
    deliver(service, "insured", insured(), complete=True, month="202205")
    assert 2 == len(differences(service))
    rows = (insured(), insured(WIFE_NUMBER), insured(SON_NUMBER))
    deliver(service, "insured", *rows, complete=True, month="202206")
    assert {"gone"} == {how for *_, how in differences(service)}
