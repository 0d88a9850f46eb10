"""docs/rubrics.md is true: each of its examples loads, and gives what the page says."""

import re
from fractions import Fraction

import pytest

from services.evaluation.adapters.rubric import check as checking
from services.evaluation.adapters.rubric.load import load_rubric
from services.evaluation.adapters.rubric.scored import score_files
from services.evaluation.domain.rubric.model import Item, Rubric
from services.evaluation.domain.rubric.number import written
from services.evaluation.domain.rubric.rules import RULES, STEPS
from tests.evaluation.adapters.rubric.documented import PAGE, ROOT, examples, unit_of, values_csv

EXAMPLES = examples()
TOLD = [one for one in EXAMPLES if one.rows]


@pytest.fixture(name="files")
def _files(tmp_path):
    def write(example):
        rubric, values = tmp_path / "rubric.yaml", tmp_path / "values.csv"
        rubric.write_text(example.yaml, encoding="utf-8")
        values.write_text(values_csv(example), encoding="utf-8")
        return rubric, values

    return write


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.title}-line-{one.line}")
def test_every_example_loads(example, files):
    """Whoever copies an example has a rubric that can be read, without an error."""
    read = load_rubric(files(example)[0])
    assert [] == [one for one in checking.check_rubric(read) if one.level == "error"]


@pytest.mark.parametrize("example", TOLD, ids=lambda one: f"{one.title}-line-{one.line}")
def test_every_example_gives_what_the_page_says(example, files):
    """Points, totals, ranks and grades of the tables are those of the engine, exactly."""
    rubric, values = files(example)
    result = score_files(rubric, values, example.as_of).result
    told = [_told(example, result, row, unit_of(row, number)) for number, row in enumerate(example.rows, 1)]
    assert [{**row, "because": ""} for row in example.rows] == [{**row, "because": ""} for row in told]


def _told(example, result, row, unit):
    if unit not in [one.unit for one in result.units]:
        return {**row, "total": ""}
    one, found = result.unit(unit), dict(row)
    if "points" in row:
        score = one.item(example.item)
        status = {"missing": "missing", "not_applicable": "n/a"}.get(score.status, "")
        found["points"] = status if score.points is None else str(_as_told(row["points"], score.points))
    if "total" in row:
        found["total"] = str(_as_told(row["total"], one.total if "." not in row["total"] else one.shown))
    if "rank" in row:
        found["rank"] = "" if one.rank is None else written(one.rank)
    if "grade" in row:
        found["grade"] = one.grade
    return found


def _as_told(text, number):
    """Return *text* where it is the number, else the number: 19.40 and 19.4 are the same."""
    same = re.fullmatch(r"-?[\d.]+", text) and Fraction(text) == Fraction(number)
    return text if same else written(Fraction(number))


def test_most_examples_say_what_they_give():
    """The tables are found: a page whose tables are not read would prove nothing."""
    assert len(EXAMPLES) > 50
    assert len(TOLD) > 45
    assert sum(len(one.rows) for one in TOLD) > 100


def test_every_rule_and_step_has_an_example():
    """A rule that the page does not show could not be used by who has only the page."""
    shown = "\n".join(one.yaml for one in EXAMPLES)
    every = sorted({**RULES, **STEPS})
    assert [] == [name for name in every if not re.search(rf"(type|rule): {name}\b", shown)]


@pytest.mark.parametrize("kind", [Rubric, Item])
def test_every_key_is_explained(kind):
    """Each key that a file may have stands on the page in backticks."""
    text = PAGE.read_text(encoding="utf-8")
    keys = [{"applies": "for"}.get(name, name) for name in kind.__dataclass_fields__]
    assert [] == [key for key in keys if f"`{key}`" not in text]


def test_the_whole_example():
    """The last table is what the example's files give."""
    table = PAGE.read_text(encoding="utf-8").split("## 13 ")[1].split("\n|---|---|---|---|\n")[1]
    rows = [row.strip("|").split("|") for row in table.splitlines() if row.startswith("|")]
    told = [[cell.strip() for cell in row] for row in rows]
    folder = ROOT / "docs/examples"
    result = score_files(folder / "rubric_towns.yaml", folder / "rubric_towns_values.csv").result
    given = [
        [one.unit, str(one.shown), "—" if one.rank is None else written(one.rank), one.grade or "—"]
        for one in result.units
    ]
    assert given == told
