from datetime import date
from typing import Any

import pytest

from services.finance.domain.asset import (
    Asset,
    AssetInspection,
    AssetProblem,
    AuditedError,
    AuditOfOperatingError,
    PublicSampleError,
    QuarterError,
    quarter_of,
)
from services.finance.domain.process import Acting, PositiveAmountError
from tests.finance.domain.machines import ACTING, COMMON, DAY, try_every_step


def asset(**other) -> Asset:
    about: dict[str, Any] = {
        "asset_no": "A1",
        "name": "示例大棚",
        "kind": "operating",
        "project_year": 2021,
        "unit": "610327102",
        "value_fen": 1,
        "due_on": DAY,
        "state": "formed",
    }
    return Asset(**COMMON, **{**about, **other})


def _sampled_as_public(one):
    """Operating assets are audited, public ones sampled: for this step it is a public one."""
    kind, one.kind = one.kind, "public"
    try:
        one.sample(ACTING, good=True)
    finally:
        one.kind = kind


STEPS = {
    "register": lambda one: one.register("示例合作社", ACTING),
    "hand_over": lambda one: one.hand_over(ACTING),
    "audit": lambda one: one.audit(2022, ACTING),
    "sample": _sampled_as_public,
    "dispose": lambda one: one.dispose(ACTING),
}


def test_every_state_and_every_step():
    """Registered, then handed over, then perhaps disposed of; audited once it is registered."""
    permitted = {
        ("formed", "register"): "registered",
        ("registered", "hand_over"): "handed_over",
        ("registered", "audit"): "registered",
        ("handed_over", "audit"): "handed_over",
        ("handed_over", "dispose"): "disposed",
        ("registered", "sample"): "registered",
        ("handed_over", "sample"): "handed_over",
    }
    try_every_step(asset(), STEPS, permitted)


def test_only_operating_assets_are_audited_each_year_once():
    """A public asset is not; the same year is not twice; the next year is."""
    with pytest.raises(AuditOfOperatingError):
        asset(kind="public", state="registered").audit(2022, ACTING)
    one = asset(state="registered")
    one.audit(2021, ACTING)
    with pytest.raises(AuditedError):
        one.audit(2021, ACTING)
    one.audit(2022, ACTING)
    assert (2021, 2022) == one.audited_years


def test_only_public_assets_are_sampled():
    """How a sampled public asset was found is kept; others are not sampled."""
    with pytest.raises(PublicSampleError):
        asset(state="registered").sample(ACTING, good=True)
    one = asset(kind="public", state="handed_over")
    one.sample(ACTING, good=False)
    assert (DAY, False) == (one.sampled_on, one.in_good_state)


def test_an_asset_has_a_value():
    """An asset of no value is refused."""
    about: dict[str, Any] = {
        "id": "x",
        "area_code": "610327",
        "asset_no": "1",
        "name": "示例",
        "kind": "public",
    }
    with pytest.raises(PositiveAmountError):
        Asset.form(ACTING, **about, project_year=2021, unit="610327102", value_fen=0, due_on=DAY)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2022, 1, 1), "2022Q1"),
        (date(2022, 3, 31), "2022Q1"),
        (date(2022, 4, 1), "2022Q2"),
        (date(2022, 9, 30), "2022Q3"),
        (date(2022, 12, 31), "2022Q4"),
    ],
)
def test_quarters_by_their_boundary_days(day, quarter):
    """An inspection is filed for the quarter of its day and no other."""
    assert quarter == quarter_of(day)
    about = {"id": "x", "area_code": "610327", "unit": "县乡村振兴局", "assets_seen": 1}
    acting = Acting(day, date(2023, 1, 1))
    assert "filed" == AssetInspection.file(acting, **about, quarter=quarter).state
    with pytest.raises(QuarterError):
        AssetInspection.file(acting, **about, quarter="2021Q4")


def test_every_state_and_every_step_of_a_finding():
    """Reported rectified, then closed or sent back."""
    steps = {
        "report": lambda one: one.report(ACTING),
        "send_back": lambda one: one.send_back(ACTING),
        "close": lambda one: one.close(ACTING),
    }
    permitted = {
        ("open", "report"): "reported",
        ("reported", "send_back"): "open",
        ("reported", "close"): "closed",
    }
    about: dict[str, Any] = {
        "inspection_id": "i",
        "asset_id": "a",
        "category": "idle",
        "unit": "610327102",
        "due_on": DAY,
    }
    try_every_step(AssetProblem(**COMMON, **about, state="open"), steps, permitted)
