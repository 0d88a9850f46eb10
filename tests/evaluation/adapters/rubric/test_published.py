"""Published rubrics can be used as they are written, and what was published under them comes out again."""

import csv
from collections import Counter
from fractions import Fraction
from time import perf_counter

import pytest
import yaml

from services.evaluation.adapters.rubric.check import check_file
from services.evaluation.adapters.rubric.load import load_rubric
from services.evaluation.domain.rubric.number import half_up, written
from tests.evaluation.adapters.rubric.published import (
    DATA,
    RUBRICS,
    cases,
    exact,
    points_of,
    scored,
)

FILES = sorted(RUBRICS.glob("*.yaml"))
WORKED = cases("worked_rubrics.yaml")
PUBLISHED = cases("published_results.yaml")
SECONDS_FOR_ALL = 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_wrong_that_is_not_accepted(file):
    """Each rubric reads; every fault of its original is known with a reason, and none besides is told."""
    read, faults = check_file(file)
    assert read is not None
    assert [] == [str(fault) for fault in faults if fault.level in {"error", "warning"}]


def test_all_of_them_are_there():
    """The 24 rubrics stand in the repository, each with issuer, year and how complete it is."""
    assert 24 == len(FILES)
    for file in FILES:
        source = load_rubric(file).rubric.source
        assert {"issuer", "year", "completeness"} <= set(source), file.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rubric_has_a_worked_case(file):
    """None is only written down: each scores a unit whose points were worked out by hand."""
    assert any(file.name == case["rubric"] for case in WORKED)


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["rubric"].removesuffix(".yaml"))
def test_worked_by_hand(case, tmp_path):
    """Points, sections, totals, ranks and acts are those worked out from the printed rule."""
    _compare(case, tmp_path)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["say"].split(",")[0])
def test_as_published(case, tmp_path):
    """What was published comes out of the rubric and the published values."""
    _compare(case, tmp_path)


def _compare(case, folder):
    result = scored(case, folder)
    for unit, told in case["units"].items():
        if unit == "*":
            continue
        one = result.unit(unit)
        expected = {name: exact(text) for name, text in told.get("points", {}).items()}
        assert expected == {name: points_of(one, name) for name in expected}
        found = {
            "total": one.total,
            "shown": str(one.shown),
            "rank": "" if one.rank is None else written(one.rank),
            "grade": one.grade,
            "acts": [act.act for act in one.acts],
            "barred": list(one.barred_grades),
        }
        wanted = {key: exact(told[key]) if key == "total" else told[key] for key in found if key in told}
        assert wanted == {key: found[key] for key in wanted}


def test_shares_of_villages_by_band(tmp_path):
    """泉州: of 348 and of 323 villages graded by band, the published percentages, half up."""
    text = (DATA / "quanzhou_bands.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    inside = {">=90": 90, "80-90": 80, "70-80": 70, "<70": 69.99}
    for report in sorted({row["report"] for row in rows}):
        bands = [row for row in rows if row["report"] == report]
        units = {
            f"{row['band']}#{number}": {"values": {"分": str(inside[row["band"]])}}
            for row in bands
            for number in range(int(row["count"]))
        }
        given = Counter(one.grade for one in scored({**BANDED, "units": units}, tmp_path).units)
        assert int(bands[0]["villages"]) == sum(given.values())
        shares = {
            band: half_up(Fraction(100 * count, sum(given.values())), 2) for band, count in given.items()
        }
        assert {row["band"]: Fraction(row["published_pct"]) for row in bands} == shares


BANDED = {
    "say": "泉州",
    "rubric": {
        "parts": [
            {
                "id": "P",
                "name": "考评",
                "items": [{"id": "分", "name": "得分", "points": 100, "rule": "coefficient"}],
            }
        ],
        "grades": [
            {"name": ">=90", "min": 90},
            {"name": "80-90", "min": 80, "below": 90},
            {"name": "70-80", "min": 70, "below": 80},
            {"name": "<70", "min": 0, "below": 70},
        ],
    },
}


def test_a_bonus_printed_in_the_base_is_told(tmp_path):
    """石城 01 as printed, with 奖扣分 as a section of 7 points: the check says that this makes 107 of 100."""
    raw = yaml.safe_load((RUBRICS / "01_shicheng_towns_2018.yaml").read_text(encoding="utf-8"))
    row = {"id": "25", "name": "奖扣分", "points": 7, "rule": "judged"}
    raw["parts"].append({"id": "六", "name": "奖扣分", "points": 7, "items": [row]})
    file = tmp_path / "printed.yaml"
    file.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    told = {fault.code: fault for fault in check_file(file)[1] if fault.level != "accepted"}
    assert {"total_does_not_add_up", "bonus_in_base"} == set(told)
    assert "107" in told["total_does_not_add_up"].zh
    assert "六" in told["total_does_not_add_up"].zh


def test_the_sum_is_ranked_once_more(tmp_path):
    """龙泉 13 with a ladder of places (its own is not visible): the sums keep their order in the class."""
    case = next(case for case in WORKED if case["rubric"].startswith("13_"))
    raw = yaml.safe_load((RUBRICS / case["rubric"]).read_text(encoding="utf-8"))
    rule = raw["parts"][0]["items"][0]["rule"]
    rule["steps"][-1] = {"type": "rank_points", "points": ["full", "full - 0.5"], "then": "0.5"}
    result = scored({**case, "say": "13", "rubric": raw}, tmp_path)
    assert {"甲镇": 10, "乙镇": Fraction("9.5"), "丙镇": 10} == {one.unit: one.total for one in result.units}


def test_all_load_quickly():
    """All 24 rubrics are read and checked in less than three seconds."""
    start = perf_counter()
    for file in FILES:
        check_file(file)
    assert perf_counter() - start < SECONDS_FOR_ALL
