"""Reads the cases officials write: facts in short, and what they must come to."""

from fractions import Fraction
from pathlib import Path

from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoring import score
from shared.parameters.strict_yaml import read_document
from tests.evaluation.reporting_tasks import only

CASES = Path(__file__).parent / "cases"


_UNLESS_TOLD: dict[str, dict[str, object]] = {
    "monitoring.measure_recorded": {
        "category": "100A40",
        "code": "001",
        "department": "县农业农村局",
        "due_on": "2022-12-31",
    },
    "employment.job_started": {"complete": True},
}
"""What a fact is when a case says nothing about it."""


def read(name):
    """Return the cases of one file."""
    return read_document(CASES / name).data


def fact(raw):
    """Return the fact written as *raw*."""
    about = {**_UNLESS_TOLD.get(raw["fact"], {}), **raw}
    day = about.pop("day")
    household = about.pop("household", "h1")
    town = about.pop("town", "610327109")
    return Fact(about.pop("id"), about.pop("fact"), household, town, day, about)


def number(written):
    """Return a number written as decimal or as ``a/b``."""
    return Fraction(written)


def of_item(*items):
    """Return the indicator cases of the plan's *items*."""
    wanted = tuple(f"I{item:02d}-" for item in items)
    return [case for case in read("indicators.yaml") if case["indicator"].startswith(wanted)]


def check(case, rulebook, towns):
    """Score the case's facts and compare its line with what the official expects."""
    facts = [fact(raw) for raw in case["facts"]]
    rules = only(rulebook, case["indicator"])
    board = score(facts, rules, towns, as_of=case["as_of"], known_at=case["as_of"])
    expect = case["expect"]
    line = board.unit(expect["unit"]).line(case["indicator"])
    assert expect.get("status", "scored") == line.status
    assert number(expect["numerator"]) == line.numerator
    assert number(expect["denominator"]) == line.denominator
    assert (number(expect["points"]) if "points" in expect else None) == line.points
    assert tuple(expect["events"]) == line.evidence
    assert expect.get("missing", "") == line.missing
