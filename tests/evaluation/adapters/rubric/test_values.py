from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.adapters.rubric.fault import UnusableFileError
from services.evaluation.adapters.rubric.load import load_rubric
from services.evaluation.adapters.rubric.needs import needs_of
from services.evaluation.adapters.rubric.values import official_workdays, read_values
from services.evaluation.domain.rubric.values import NOT_APPLICABLE, CellKey

HEAD = "unit,item,value,input,period,group,class,unit.population,reason,assessor\n"
ITEMS = (
    "{id: '1', name: 甲, points: 5, rule: proportional}",
    "{id: '2', name: 乙, points: 5, input: done / planned, rule: proportional}",
    "{id: '3', name: 丙, points: 5, rule: judged, periods: {mean: [Q1, Q2]}}",
    "{id: '4', name: 丁, points: 4, rule: {type: checklist, checks: [{input: a, points: 4}]}}",
    "{id: '5', name: 戊, points: 5, input: \"imported('other', 'x')\", rule: coefficient}",
)


@pytest.fixture(name="csv")
def _csv(tmp_path):
    def write(text, head=HEAD, encoding="utf-8"):
        file = tmp_path / "values.csv"
        file.write_bytes((head + text).encode(encoding))
        return file

    return write


@pytest.fixture(name="read")
def _read(csv, written):
    def read(text):
        file = load_rubric(written(*ITEMS, more="units: {groups: [镇, 部门]}\n"))
        return read_values(csv(text), needs_of(file.rubric), file.units)

    return read


def _faults(read, text):
    with pytest.raises(UnusableFileError) as refused:
        read(text)
    return [(one.code, one.line, one.field) for one in refused.value.faults]


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("12", Fraction(12)),
        ("-0.5", Fraction(-1, 2)),
        ('"1,234.5"', Fraction(2469, 2)),
        ("95%", Fraction(95, 100)),
        ("９５．５％", Fraction(955, 1000)),
        ("2022-07-31", date(2022, 7, 31)),
        ("2022/7/1", date(2022, 7, 1)),
        ("2022年7月1日", date(2022, 7, 1)),
        ("是", True),
        ("No", False),
        ("不适用", NOT_APPLICABLE),
        ("N/A", NOT_APPLICABLE),
        ("自治村", "自治村"),
        ("12人", "12人"),
        ("", None),
    ],
)
def test_what_a_cell_holds(read, written_as, value):
    """Numbers are exact; days, yes and no, words and “does not apply” are told apart; nothing is missing."""
    key = CellKey("甲镇", "1")
    got = read(f"甲镇,1,{written_as},,,镇\n").values.cells.get(key)
    assert (value, type(value)) == (got, type(got))


FAULTS = [
    ("甲镇,9,1,,,镇\n", [("unknown_item", 2, "item")]),
    ("甲镇,1,1,don,,镇\n", [("unknown_input", 2, "input")]),
    ("甲镇,2,1,,,镇\n", [("unknown_input", 2, "input")]),
    ("甲镇,4,是,,,镇\n", [("unknown_input", 2, "input")]),
    ("甲镇,3,1,,Q3,镇\n", [("unknown_period", 2, "period")]),
    ("甲镇,3,1,,,镇\n", [("unknown_period", 2, "period")]),
    ("甲镇,1,1,,Q1,镇\n", [("unknown_period", 2, "period")]),
    (",1,1,,,镇\n甲镇,1,1,,,镇\n", [("unit_missing", 2, "unit")]),
    ("甲镇,,1,,,镇\n", [("item_missing", 2, "item")]),
    ("甲镇,1,1,,,镇\n\n甲镇,1,1,,,镇\n", [("value_twice", 4, "value")]),
    ("甲镇,1,1,,,镇\n甲镇,2,1,done,,部门\n", [("attribute_conflict", 3, "group")]),
    ("甲镇,1,2022-02-30,,,镇\n", [("no_such_day", 2, "value")]),
    ("甲镇,1,1,,,村\n", [("unknown_group", 2, "group")]),
    ("甲镇,1,1,,,\n", [("unknown_group", 0, "group")]),
    ("甲镇,1,1,2,3,4,5,6,7,8,9,10\n甲镇,1,1,,,镇\n", [("too_many_cells", 2, "")]),
    ("# nobody\n", [("no_units", 0, "unit")]),
    ('甲镇,1,"1,,,镇\n', [("csv_broken", 2, "")]),
    ("甲镇,9,1,,,镇\n甲镇,1,2022-02-30,,,\n", [("unknown_item", 2, "item"), ("no_such_day", 3, "value")]),
]


@pytest.mark.parametrize(
    ("text", "faults"), FAULTS, ids=lambda one: one[0][0] if isinstance(one, list) else ""
)
def test_a_fault_names_line_and_column(read, text, faults):
    """Each slip is told with its line and column, all of them at once."""
    assert faults == _faults(read, text)


def test_what_is_read_elsewhere_is_known(read):
    """Inputs of expressions, imported scores and every unit's values are no slips."""
    text = "甲镇,2,1,done,,镇\n*,2,4,planned,,\n甲镇,other/x,80,,,\n甲镇,3,1,,Q1,,,,看过,某某\n"
    read_all = read(text)
    assert ["甲镇"] == [unit.id for unit in read_all.values.units]
    assert Fraction(4) == read_all.values.get(CellKey("甲镇", "2", "planned"))
    assert ("看过", "某某") == read_all.values.note(CellKey("甲镇", "3", period="Q1"))


def test_attributes_of_a_unit(read):
    """Group, class and columns named unit.… are attributes; a number there is a number."""
    [unit] = read("甲镇,1,1,,,镇,一类,20000\n").values.units
    assert ("镇", "一类", Fraction(20000)) == (unit.group, unit.class_, unit.attribute("population"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_excel(csv, encoding):
    """UTF-8 with its mark and the encoding of Chinese Excel are read alike; the latter with a note."""
    read = read_values(csv("甲镇,1,是\n", head="单位,项目,数值\n", encoding=encoding))
    assert {CellKey("甲镇", "1"): True} == dict(read.values.cells)
    assert (["read_as_gb18030"] if encoding == "gb18030" else []) == [one.code for one in read.faults]


def test_tabs(csv):
    """Excel's “Unicode text” separates by tabs."""
    read = read_values(csv("甲镇\t1\t1,5\n", head="unit\titem\tvalue\n"))
    assert {CellKey("甲镇", "1"): "1,5"} == dict(read.values.cells)


@pytest.mark.parametrize(
    ("head", "code", "field"),
    [
        ("unit,item\n", "column_missing", "value"),
        ("unit,item,value,value\n", "column_twice", "value"),
        ("unit,item,value,perod\n", "unknown_column", "perod"),
    ],
)
def test_headings(csv, head, code, field):
    """A column that is missing, doubled or unknown is named; nothing is guessed."""
    with pytest.raises(UnusableFileError) as refused:
        read_values(csv("甲镇,1,1\n", head=head))
    assert [(code, field)] == [(one.code, one.field) for one in refused.value.faults]


def test_official_holidays():
    """1 October is a holiday, Saturday 8 October 2022 was worked: nine days hold two working days."""
    assert 2 == official_workdays().between(date(2022, 9, 30), date(2022, 10, 9))
