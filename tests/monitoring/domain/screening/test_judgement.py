"""Judgements: complete, and in agreement with themselves."""

from datetime import date

import pytest

from services.monitoring.domain.screening.judgement import Judgement, income_band
from services.monitoring.domain.screening_errors import JudgementContradictsError, JudgementIncompleteError


def judged(**given):
    told = {
        "id": "j1",
        "household_id": "h1",
        "area_code": "610327109203",
        "round_id": None,
        "made_on": date(2022, 3, 5),
        "focus": (),
        "income_band": "",
        "risks": ("100A27001",),
        "able_to_cope": False,
        "unable_reason": "03",
        "include": True,
    }
    told |= given
    return Judgement.make(risk_exists=bool(told["risks"]), **told)


@pytest.mark.parametrize(
    ("income", "band"),
    [(None, ""), (649_999, "01"), (650_000, "02"), (999_999, "02"), (1_000_000, "03")],
)
def test_bands(income, band):
    """A band begins at its lower limit; without a ledger there is none."""
    assert band == income_band(income, line=650_000, focus_income=1_000_000)


def test_what_follows():
    """A risk that cannot be coped with is to be identified; one that can, or none, is not."""
    assert judged().include
    assert not judged(able_to_cope=True, unable_reason="", include=False).include
    assert not judged(risks=(), able_to_cope=True, unable_reason="", include=False).include


@pytest.mark.parametrize(
    "given",
    [
        {"unable_reason": ""},
        {"able_to_cope": True},
        {"risks": (), "include": True, "note": "家庭困难"},
    ],
)
def test_incomplete(given):
    """Who cannot cope has a reason, who can has none, and nobody is identified without a risk."""
    with pytest.raises(JudgementIncompleteError):
        judged(**given)


def test_a_contradiction_needs_a_reason():
    """Not identifying who cannot cope, or identifying who can, is possible with a reason in writing only."""
    with pytest.raises(JudgementContradictsError):
        judged(include=False)
    assert not judged(include=False, note="已由亲属承担费用").include
    with pytest.raises(JudgementContradictsError):
        judged(able_to_cope=True, unable_reason="", include=True, note="  ")
