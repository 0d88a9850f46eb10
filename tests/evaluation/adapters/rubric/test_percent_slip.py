"""A number without its per cent sign is noticed before it gives full marks."""

import pytest

from services.evaluation.adapters.rubric.scored import score_files

RUBRIC = """\
format: shouxian-rubric-1
id: t
title: t
parts:
  - id: P
    name: P
    items:
      - {{id: '1', name: 甲, points: 10, {rest}}}
"""
SHARE = "rule: {type: stepped, target: 95%, step: 1%, deduct: 1, steps: floor}"
WHOLE = "rule: {type: proportional, target: 20}"
OPEN = "rule: coefficient"
OWN = "input: value / 100, rule: {type: proportional, target: 95%}"


@pytest.fixture(name="told")
def _told(tmp_path):
    def told(rest, *values):
        (tmp_path / "r.yaml").write_text(RUBRIC.format(rest=rest), encoding="utf-8")
        rows = "".join(f"村{number},1,{value}\n" for number, value in enumerate(values))
        (tmp_path / "v.csv").write_text(f"unit,item,value\n{rows}", encoding="utf-8")
        faults = score_files(tmp_path / "r.yaml", tmp_path / "v.csv").read.faults
        return [fault.line for fault in faults if fault.code == "percent_doubtful"]

    return told


@pytest.mark.parametrize(
    ("rest", "values", "lines"),
    [
        (SHARE, ["93%", "93"], [3]),  # the rule counts in shares
        (SHARE, ["0.93", "1.369", "2"], []),  # shares written as such, and over-fulfilment
        (WHOLE, ["22", "22%"], [3]),  # the rule counts in whole numbers
        (WHOLE, ["22", "0", "18.5"], []),
        (OPEN, ["93%", "93", "1"], [3]),  # nothing but the neighbours says so
        (OPEN, ["93", "8"], []),
        (OWN, ["93", "98"], []),  # the rubric turns it into a share itself
        ("rule: judged", ["9", "3"], []),
    ],
)
def test_what_is_a_hundred_times_off(told, rest, values, lines):
    """Only the cells that do not fit the rule, or their neighbours, are told, each with its line."""
    assert lines == told(rest, *values)
