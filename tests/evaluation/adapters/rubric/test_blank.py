import csv
import io
from pathlib import Path

import pytest

from services.evaluation.adapters.rubric.blank import blank_values
from services.evaluation.adapters.rubric.load import load_rubric
from services.evaluation.adapters.rubric.needs import needs_of
from services.evaluation.adapters.rubric.values import read_values
from tests.evaluation.adapters.rubric.documented import examples, unit_of, values_csv
from tests.evaluation.adapters.rubric.published import RUBRICS

TOWNS = Path(__file__).resolve().parents[4] / "docs/examples/rubric_towns.yaml"
EXAMPLES = [one for one in examples() if one.rows and not one.csv]


def _cells(text):
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    keys = ("item", "input", "period", "dimension")
    return {
        tuple(row[key] for key in keys) for row in rows if not row["unit"].startswith("#") and row["item"]
    }


def test_a_blank_file_is_read_back(tmp_path):
    """What is printed is a values file of the rubric: nobody is refused for filling it in."""
    rubric = load_rubric(TOWNS).rubric
    file = tmp_path / "values.csv"
    file.write_bytes(blank_values(rubric, ["甲镇", "乙镇"]))
    read = read_values(file, needs_of(rubric))
    assert (2, {}) == (len(read.values.units), dict(read.values.cells))


def test_a_blank_file_has_each_month(tmp_path):
    """A line for each input and period, and none for units nobody named."""
    cells = _cells(blank_values(load_rubric(TOWNS).rubric, ["甲镇"]).decode())
    assert {("2.1", kind, month, "") for kind in ("一般", "严重") for month in ("M10", "M11", "M12")} <= cells
    assert ("1.1", "", "", "") not in cells


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.title}-line-{one.line}")
def test_what_the_page_fills_in_is_asked_for(example, tmp_path):
    """Each cell of an item that an example of the page uses is a line of its blank file."""
    file = tmp_path / "rubric.yaml"
    file.write_text(example.yaml, encoding="utf-8")
    rubric = load_rubric(file).rubric
    units = ["甲镇", *(unit_of(row, number) for number, row in enumerate(example.rows, 1))]
    asked = _cells(blank_values(rubric, units).decode())
    known = {item.id for item in rubric.items()}
    assert set() == {cell for cell in _cells(values_csv(example)) if cell[0] in known} - asked


def test_a_department_is_asked_for_its_own_duty():
    """Of 31 departments' duties a blank file holds the unit's own, and what is common to all."""
    rubric = load_rubric(RUBRICS / "02_shicheng_departments_2018.yaml").rubric
    asked = {cell[0] for cell in _cells(blank_values(rubric, ["县矿管局"]).decode())}
    assert {"C1", "C2", "C3", "C4", "C5", "D10.1", "加1", "加2", "减1", "减2"} == asked


def test_a_unit_is_asked_for_its_kind():
    """Where groups are laid down, the file begins with a line per unit that asks for its own."""
    loaded = load_rubric(TOWNS)
    text = blank_values(loaded.rubric, ["甲镇"], loaded.units).decode("utf-8-sig")
    assert ["# 单位类别 the unit itself · group：川道镇、山区镇", "甲镇" + "," * 9] == text.splitlines()[1:3]
