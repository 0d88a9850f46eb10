from typing import Any

import pytest

from shared.accounts.account import AccountNotCoherentError, NewAccount


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("login", {"login": "Wang Wu"}),
        ("role", {"role": "king"}),
        ("language", {"language": "fr"}),
        ("area_code", {"area_code": "610327"}),
        ("area_code", {"area_code": "610327999"}),
        ("area_code", {"role": "county"}),
    ],
)
def test_incoherent_accounts_are_refused(what, changed):
    """An account whose role, area, login or language do not fit is refused by name of the field."""
    given: dict[str, Any] = {
        "login": "clerk",
        "display_name": "x",
        "role": "town",
        "unit": "固关镇",
        "area_code": "610327109",
    }
    with pytest.raises(AccountNotCoherentError) as refused:
        NewAccount(**(given | changed))
    assert {"what": what} == refused.value.details


@pytest.mark.parametrize("area_code", ["610327", "610327109"])
def test_a_grid_worker_belongs_to_a_village(area_code):
    """A grid worker's account has a village as its area, and no wider one."""
    given: dict[str, Any] = {"login": "walker", "display_name": "x", "role": "grid", "unit": "上岔村"}
    assert "grid" == NewAccount(**given, area_code="610327109203").role
    with pytest.raises(AccountNotCoherentError):
        NewAccount(**given, area_code=area_code)
