"""Values reported, corrected and withdrawn, for the years made by chance; and what medians are taken of."""

import json
from datetime import date, timedelta

from services.evaluation.domain.counted.reporting import MEANWHILE, REPORTED
from services.evaluation.domain.reporting.plan import COUNTY
from shared.contracts.claims import FOLDER
from shared.contracts.evaluation.v1 import reporting
from shared.contracts.registry import MODELS
from tests.evaluation.samples_register import event

_SHAPES = {"I23-1": "done_on", "I34-3": "levels", "I26-5": "rate", "I12-5": "ratio"}
_OF_TOWNS = frozenset({"I11-1", "I32-1", "I34-1", "I38-1"})
_NUMBERS = frozenset({"I11-5", "I22-1", "I26-1", "I26-4", "I29-2", "I32-3"})
_OF_COUNTY = _NUMBERS | {"I06-4", "I10-2", "I11-6", "I23-1", "I26-2"}
_MONTHLY = frozenset({"I26-5", "I12-5"})
_QUARTERS = tuple(f"2022Q{number}" for number in (1, 2, 3, 4))


def value(year, shape):
    """Return a figure of *shape* by chance."""
    whole = year.chance.randint(0, 40)
    if shape == "count":
        return reporting.ReportedValue(shape="count", numerator=str(whole))
    if shape == "done_on":
        done = year.day() if year.maybe() else None
        return reporting.ReportedValue(shape="done_on", numerator=str(int(done is not None)), done_on=done)
    if shape == "levels":
        levels = tuple(year.chance.randint(0, 2) for _ in range(3))
        return reporting.ReportedValue(shape="levels", numerator=str(sum(levels)), levels=levels)
    part = year.chance.randint(0, whole)
    return reporting.ReportedValue(shape=shape, numerator=str(part), denominator=str(whole))


def add_reporting(year, household, where):
    """Add to *year* what units report while *household* lives there, one part of the indicators each time."""
    _durations(year, household, where)
    _duty(year, household, where)
    number = int(household.removeprefix("h") or 0)
    for indicator in (*REPORTED, *MEANWHILE)[number % 3 :: 3]:
        unit = COUNTY if indicator in _OF_COUNTY else where["area_code"][:9]
        if indicator == "I31-1":
            unit = "县教体局"
        periods = [f"2022{month:02d}" for month in range(1, 13)] if indicator in _MONTHLY else _QUARTERS
        dropped = year.maybe(0.2)
        for period in periods[:-1] if dropped else periods:
            _period(year, indicator, unit, period)


def _period(year, indicator, unit, period):
    shape = _SHAPES.get(indicator, "count" if indicator in _OF_TOWNS | _NUMBERS else "rate")
    name = f"{indicator}{unit}{period}"
    about = {
        "area_code": unit if unit.isdigit() else "",
        "value_id": name,
        "task_id": name,
        "indicator": indicator,
        "period": period,
        "reporter": "县卫健局",
        "unit": unit,
    }
    day = year.day(last=date(2022, 12, 1))
    year.add(reporting.ValueAccepted(occurred_on=day, value=value(year, shape), **about))
    if year.maybe(0.2):
        result = year.chance.choice(["upheld", "corrected", "withdrawn"])
        found = value(year, shape) if result == "corrected" else None
        checked = year.day(day)
        year.add(
            reporting.ValueChecked(occurred_on=checked, how="files", result=result, value=found, **about)
        )


def _duty(year, household, where):
    """A confirmed problem, by chance one of duty not carried out."""
    sample = json.loads((FOLDER / "evaluation" / "samples" / "problem_confirmed.v1.json").read_text("utf-8"))
    about = {
        "occurred_on": year.day().isoformat(),
        "problem_id": f"{household}duty",
        "unit": where["area_code"][:9],
        "area_code": where["area_code"][:9],
        "category": "responsibility",
        "cause": year.chance.choice(["duty", "late"]),
    }
    year.add(MODELS["evaluation.problem_confirmed.v1"].model_validate({**sample["data"], **about}))


def _durations(year, household, where):
    start = year.day()
    push = {"push_id": f"{household}push", "department": "县民政局", "area_code": COUNTY, "household_id": ""}
    year.add(event("push_sent", start, **push))
    if year.maybe(0.7):
        year.add(event("push_answered", start + timedelta(days=year.chance.randint(0, 20)), **push))
    start = year.day()
    year.add(event("zero_employment_opened", start, spell_id=f"{household}zero", **where))
    if year.maybe(0.7):
        end = start + timedelta(days=year.chance.randint(0, 60))
        way = year.chance.choice(["employed", "employed", "left"])
        year.add(event("zero_employment_closed", end, spell_id=f"{household}zero", way=way, **where))
