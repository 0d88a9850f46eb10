from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.monitoring.adapters.help_policy import load_help_policy
from services.monitoring.domain.help_light import development_due, light_of, running_on
from services.monitoring.domain.measure import Answer, Measure, MeasureStatus
from services.monitoring.settings import Settings

POLICY = load_help_policy(Path(Settings.model_fields["policy_dir"].default))
DAY, DUE = date(2022, 6, 15), date(2022, 7, 15)
ILL, SCHOOL = "100A27001", "100A27002"


def measure(risk=ILL, *answers, category="100A45", asked=True):
    given = tuple(Answer(str(number), status, DAY) for number, status in enumerate(answers))
    day: dict[str, Any] = {"requested_on": DAY, "due_on": DUE} if asked else {}
    return Measure("m1", risk, category, "003", "县医保局", "monitoring", answers=given, **day)


@pytest.mark.parametrize(
    ("measures", "today", "colour"),
    [
        ([], DAY, "red"),
        ([measure(asked=False)], DAY, "yellow"),
        ([measure()], DUE, "yellow"),
        ([measure()], date(2022, 7, 16), "red"),
        ([measure(ILL, MeasureStatus.ACCEPTED)], DAY, "yellow"),
        ([measure(ILL, MeasureStatus.DECLINED)], DAY, "red"),
        ([measure(ILL, MeasureStatus.WITHDRAWN)], DAY, "red"),
        ([measure(ILL, MeasureStatus.ACCEPTED, MeasureStatus.DELIVERED)], date(2023, 1, 1), "green"),
        ([measure(SCHOOL, MeasureStatus.DELIVERED)], DAY, "red"),
    ],
)
def test_only_a_delivery_is_green(measures, today, colour):
    """Planned, asked and accepted are yellow until the day and red after it; nothing at all is red."""
    assert colour == light_of([ILL], measures, today).colour


def test_green_when_every_risk_is_helped():
    """One risk without a delivered measure keeps the case from green."""
    helped = [measure(ILL, MeasureStatus.DELIVERED)]
    half = light_of([ILL, SCHOOL], [*helped, measure(SCHOOL)], DAY)
    whole = light_of([ILL, SCHOOL], [*helped, measure(SCHOOL, MeasureStatus.DELIVERED)], DAY)
    assert [("yellow", 1), ("green", 2)] == [(one.colour, one.delivered) for one in (half, whole)]
    assert DAY == whole.risks[0].delivered_on


def test_contracts_and_school_run_on():
    """Of what was delivered, education and credit run on after elimination; health does not."""
    delivered = MeasureStatus.DELIVERED
    kept = [measure(ILL, delivered, category=one) for one in ("100A47", "100A41", "100A45")]
    kept.append(measure(ILL, category="100A46"))
    assert ["100A47", "100A41"] == [one.category for one in running_on(kept, POLICY, DAY)]


@pytest.mark.parametrize(
    ("identified", "due"),
    [(date(2022, 1, 15), date(2022, 7, 15)), (date(2022, 8, 31), date(2023, 2, 28))],
)
def test_six_months_for_development(identified, due):
    """Labour is to have a developmental measure within six months (5_12_007)."""
    assert due == development_due(identified, POLICY)
