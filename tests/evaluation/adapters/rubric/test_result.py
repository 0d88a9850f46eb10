import csv
import io
from datetime import date
from pathlib import Path

import orjson
import pytest

from services.evaluation.adapters.rubric.result_document import as_json, result_document
from services.evaluation.adapters.rubric.result_explained import NothingToExplainError, explained
from services.evaluation.adapters.rubric.result_listing import COLUMNS, as_csv, as_table
from services.evaluation.adapters.rubric.scored import score_files
from tests.evaluation.adapters.rubric.published import RUBRICS

FOLDER = Path(__file__).resolve().parents[4] / "docs/examples"
DAY = date(2022, 12, 31)


@pytest.fixture(name="scored", scope="module")
def _scored():
    return score_files(FOLDER / "rubric_towns.yaml", FOLDER / "rubric_towns_values.csv", DAY)


@pytest.fixture(name="document")
def _document(scored):
    return result_document(scored.file, scored.read.values, scored.result, DAY)


@pytest.fixture(name="rows")
def _rows(scored):
    text = as_csv(scored.file.rubric, scored.read.values, scored.result).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_json_has_exact_points_beside_published_ones(document):
    """A third stays a third; what is published is rounded half up, as text."""
    unit = next(unit for unit in document["units"] if unit["unit"] == "丙镇")
    assert ("82.57", "578/7") == (unit["total"], unit["total_exact"])


def test_json_names_the_rubric_by_its_bytes(scored, document):
    """Whoever has the result can tell by which file it was made, and as of which day."""
    assert scored.file.sha256 == document["rubric"]["sha256"]
    assert "2022-12-31" == document["as_of"]


def test_json_tells_missing_from_nothing(document):
    """An item without a value has no points, not 0."""
    items = next(unit["items"] for unit in document["units"] if unit["unit"] == "丁镇")
    told = {item["item"]: (item["status"], item["points"]) for item in items if not item["period"]}
    assert ("missing", None) == told["3.1"]
    assert ("scored", "0.00") == told["1.3"]


def test_json_says_what_each_item_read(document):
    """The cells behind a number are listed with their exact values."""
    items = next(unit["items"] for unit in document["units"] if unit["unit"] == "乙镇")
    inputs = next(item["inputs"] for item in items if item["item"] == "1.1")
    assert {("done", "28"), ("due", "29")} == {(one["input"], one["value"]) for one in inputs}


def test_csv_adds_up(rows):
    """Each unit has one total line with rank and grade, and its sections and items below."""
    assert set(COLUMNS) == set(rows[0])
    totals = {
        row["unit"]: (row["points"], row["rank"], row["grade"]) for row in rows if row["level"] == "total"
    }
    assert ("99.60", "1", "优秀") == totals["甲镇"]
    parts = [
        row["points"]
        for row in rows
        if row["unit"] == "甲镇" and row["level"] == "part" and not row["period"]
    ]
    assert ["58.00", "98.67", "9.00", "3.00", "0.00"] == parts


def test_csv_keeps_negative_points_numbers(written, tmp_path):
    """A score below nothing is no formula, and is not quoted as one."""
    rubric = written("{id: '1', name: 甲, points: 4, rule: {type: per_occurrence, deduct: 3, floor: none}}")
    values = tmp_path / "values.csv"
    values.write_text("unit,item,value\n甲镇,1,2\n", encoding="utf-8")
    scored = score_files(rubric, values)
    text = as_csv(scored.file.rubric, scored.read.values, scored.result).decode("utf-8-sig")
    assert {"-2.00"} == {row["points"] for row in csv.DictReader(io.StringIO(text))}


def test_the_table_is_best_first_within_groups(scored):
    """Units stand by group and rank; who has no rank stands last; what is missing is said."""
    text = as_table(scored.file.rubric, scored.read.values, scored.result)
    places = [text.index(unit) for unit in ("丙镇", "丁镇", "甲镇", "乙镇")]
    assert sorted(places) == places
    assert "缺少数据: 3.1, 3.2" in text


def test_the_same_files_give_the_same_bytes():
    """JSON, CSV, table and explanation do not depend on when or how often they are made."""

    def everything():
        scored = score_files(FOLDER / "rubric_towns.yaml", FOLDER / "rubric_towns_values.csv", DAY)
        rubric, values, result = scored.file.rubric, scored.read.values, scored.result
        return (
            as_json(result_document(scored.file, values, result, DAY)),
            as_csv(rubric, values, result),
            as_table(rubric, values, result),
            explained(scored.file, result, scored.read.lines, "丙镇"),
        )

    assert everything() == everything()


def test_the_json_is_json(document):
    """It reads back as it was written, and ends in a line end."""
    written = as_json(document)
    assert document == orjson.loads(written)
    assert written.endswith(b"\n")


def test_an_item_is_explained_to_its_lines(scored):
    """The account of an item has the arithmetic, the cells with their lines, and the line of the rule."""
    text = explained(scored.file, scored.result, scored.read.lines, "乙镇:1.1")
    assert "max(20 − 0.5 × 3, 0)" in text
    assert "1.1/done = 28  (第18行 line 18)" in text
    assert "rubric_towns.yaml:16" in text


def test_a_total_is_explained_by_its_sections(scored):
    """The account of a unit goes from the total to every item, with what did not apply."""
    text = explained(scored.file, scored.result, scored.read.lines, "丙镇")
    assert "578/7" in text
    assert "1.3 危房改造  — / 10  不适用 not applicable" in text
    assert "一 25 + 二 26.8 + 三 7.4" in text
    assert "× 100 ÷ 70 = 84.5714…" in text


def test_every_value_of_every_unit_is_explained(scored):
    """No item of any unit is without its account."""
    asked = [(one.unit, item.item) for one in scored.result.units for item in one.items]
    told = [
        explained(scored.file, scored.result, scored.read.lines, f"{unit}:{item}") for unit, item in asked
    ]
    assert len(asked) == sum("算式 working" in text for text in told)


@pytest.mark.parametrize("asked", ["戊镇", "甲镇:9.9"])
def test_nothing_else_is_explained(scored, asked):
    """Who asks for what is not there is told what is."""
    with pytest.raises(NothingToExplainError) as refused:
        explained(scored.file, scored.result, scored.read.lines, asked)
    assert asked in refused.value.text("zh")


def test_the_printed_rule_stands_beside_the_points(tmp_path):
    """Who asks for an item of a published table reads what is printed there, and where its value is from."""
    file = tmp_path / "values.csv"
    file.write_text("unit,item,value\n甲镇,12,1\n", encoding="utf-8")
    found = score_files(RUBRICS / "01_shicheng_towns_2018.yaml", file)
    text = explained(found.file, found.result, found.read.lines, "甲镇:12")
    assert "年内无不达标得4;监测出现一次不达标扣2,扣完为止" in text
    assert "县环保局、县水文站" in text
