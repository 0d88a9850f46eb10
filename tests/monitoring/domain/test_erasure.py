from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.erasure import Erasure, ErasurePolicy, ErasureSubject
from services.monitoring.domain.erasure_errors import (
    ErasureDoubtedError,
    ErasureSettledError,
    SecondPersonNeededError,
)
from shared.parameters.figure import DatedFigure, FigureEntry, Label

TODAY = date(2032, 2, 29)
YEARS = FigureEntry(date(2021, 11, 1), 10, "示例文件", confirmed=False)
POLICY = ErasurePolicy(DatedFigure("retention_years", Label("年限", "years"), "years", (YEARS,)))


def subject(left_on=date(2020, 1, 1), household_type="100A03", **given):
    told: dict[str, Any] = {
        "person_id": "p",
        "household_id": "h",
        "area_code": "610327109203",
        "open_case": False,
    }
    return ErasureSubject(**told, left_on=left_on, household_type=household_type, **given)


def ask(one, reason=""):
    return Erasure.ask("e", one, ground="purpose_ended", reason=reason, by="first", on=TODAY, policy=POLICY)


@pytest.mark.parametrize(
    ("left_on", "doubts"),
    [
        (date(2022, 2, 28), ()),
        (date(2022, 3, 1), ("retained",)),
        (date(2016, 2, 29), ()),
        (None, ("present", "retained")),
    ],
)
def test_what_speaks_against_it(left_on, doubts):
    """Somebody may be erased without a reason ten years after leaving, to the day, and not before."""
    assert doubts == subject(left_on).doubts(TODAY, POLICY)


def test_somebody_under_monitoring():
    """An open case of the household the person lives in speaks against it too."""
    one = ErasureSubject("p", "h", "610327109203", "100A03", open_case=True, left_on=None)
    assert ("present", "monitored", "retained") == one.doubts(TODAY, POLICY)


def test_a_doubt_needs_a_reason():
    """Without a reason nobody is even asked for; with one it is kept with what it passes over."""
    with pytest.raises(ErasureDoubtedError):
        ask(subject(None))
    assert (("present", "retained"), "误登记") == _told(ask(subject(None), "误登记"))
    assert ((), "") == _told(ask(subject(), "说了也不用"))


def _told(one):
    return one.doubts, one.override_reason


def test_two_persons():
    """Whoever asked cannot confirm; somebody else can, once."""
    one = ask(subject())
    with pytest.raises(SecondPersonNeededError):
        ask(subject()).confirm((), by="first", on=TODAY)
    with pytest.raises(SecondPersonNeededError):
        ask(subject()).confirm((), by="", on=TODAY)
    one.confirm((), by="second", on=TODAY)
    assert ("done", "second", TODAY) == (one.state, one.settled_by, one.settled_on)
    with pytest.raises(ErasureSettledError):
        one.refuse(by="second", on=TODAY)


def test_a_doubt_that_came_up_since():
    """When the household has come under monitoring since it was asked, it must be asked anew."""
    with pytest.raises(ErasureDoubtedError):
        ask(subject()).confirm(("monitored",), by="second", on=TODAY)
