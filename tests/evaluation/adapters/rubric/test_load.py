from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from services.evaluation.adapters.rubric.fault import UnusableFileError, sentence
from services.evaluation.adapters.rubric.load import load_rubric, try_rubric
from services.evaluation.domain.rubric.model import Periods
from services.evaluation.domain.rubric.rules.dated import Deadline
from services.evaluation.domain.rubric.rules.table import Tiers
from services.evaluation.domain.rubric.rules.target import Stepped
from shared.parameters.strict_yaml import read_document

ITEM = "{id: '1', name: 甲, points: 5, rule: proportional}"


def _only(file):
    read, faults = try_rubric(file)
    assert read is None
    assert 1 == len(faults), faults
    return faults[0]


def test_numbers_are_exact(written):
    """A tenth, a percentage and points of a half are what is written, never a binary fraction."""
    rule = "{type: stepped, target: 99.5%, step: 0.1, deduct: 1, steps: floor}"
    item = ITEM.replace("points: 5", "points: 0.5").replace("proportional", rule)
    [read] = load_rubric(written(item)).rubric.items()
    assert isinstance(read.rule, Stepped)
    assert (Fraction(1, 2), Fraction(995, 1000), Fraction(1, 10)) == (
        read.points,
        read.rule.target,
        read.rule.step,
    )


def test_ids_are_what_is_written(written):
    """1.10 without quotes is not 1.1, and 7 is the text 7."""
    items = [ITEM.replace("'1'", name) for name in ("1.10", "1.1", "7")]
    assert ["1.10", "1.1", "7"] == [item.id for item in load_rubric(written(*items)).rubric.items()]


def test_a_rule_without_parameters_is_its_name(written):
    """``rule: inverse`` and ``rule: {type: inverse}`` are the same rule."""
    short, long = ITEM.replace("proportional", "inverse"), ITEM.replace("proportional", "{type: inverse}")
    assert load_rubric(written(short)).rubric == load_rubric(written(long)).rubric


def test_days_and_late_rules(written):
    """A deadline is a day, quoted or not, and holds a rule of its own."""
    rule = "{type: deadline, by: '2018-07-31', late: {type: linear_band, full_at: 0, zero_above: 5}}"
    [read] = load_rubric(written(ITEM.replace("proportional", rule))).rubric.items()
    assert isinstance(read.rule, Deadline)
    assert date(2018, 7, 31) == read.rule.by


def test_yes_and_no_are_categories(written):
    """A category written true is met by the value 是."""
    rule = "{type: tiers, categories: {true: 5, false: 0}}"
    [read] = load_rubric(written(ITEM.replace("proportional", rule))).rubric.items()
    assert isinstance(read.rule, Tiers)
    assert ["是", "否"] == [word for word, _ in read.rule.categories]


def test_equal_periods(written):
    """``mean`` gives each period the same share, exactly."""
    read = load_rubric(written(ITEM, more="periods: {mean: [M1, M2, M3]}\n")).rubric
    assert Periods.mean_of("M1", "M2", "M3") == read.periods


@pytest.mark.parametrize(
    ("within", "attributes"), [("all", ()), ("class", ("class",)), ("[group, class]", ("group", "class"))]
)
def test_ranking_groups(written, within, attributes):
    """``all`` is no attribute, one word is one, a list is several."""
    assert (
        attributes
        == load_rubric(written(ITEM, more=f"ranking: {{within: {within}}}\n")).rubric.ranking.within
    )


def test_the_source_is_kept(written):
    """What a rubric says of its origin is not read, and not lost."""
    read = load_rubric(
        written(ITEM, more="source: {issuer: 某县, year: 2018, completeness: {status: complete}}\n")
    )
    assert {"issuer": "某县", "year": 2018, "completeness": {"status": "complete"}} == read.rubric.source


CASES = read_document(Path(__file__).parent / "cases/unreadable.yaml").data


@pytest.mark.parametrize("case", CASES["items"], ids=lambda case: case["says"]["field"])
def test_a_fault_names_item_field_and_line(written, case):
    """Each kind of fault is told where it stands."""
    found, says = _only(written(case["item"])), case["says"]
    assert (says["code"], "1", says["field"], 8) == (found.code, found.item, found.field, found.line)


@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["says"]["code"])
def test_a_fault_of_the_file_names_field_and_line(written, case):
    """So is what stands above the items."""
    found, says = _only(written(ITEM, more=case["more"])), case["says"]
    assert (says["code"], says["field"], says["line"]) == (found.code, found.field, found.line)


def test_all_faults_are_told_at_once(written):
    """Whoever puts a file right needs one round, not one for each fault."""
    items = [
        ITEM.replace("proportional", "x"),
        ITEM.replace("'1'", "'2'").replace("points: 5", "points: x+"),
        ITEM,
    ]
    _, faults = try_rubric(written(*items, more="total: x\n"))
    assert ["unknown_rule", "expression_wrong", "id_repeated", "wrong_kind"] == [one.code for one in faults]


def test_both_languages_name_the_place(written):
    """The line says file, line, item and field in Chinese and in English."""
    file = written(ITEM.replace("points: 5, ", ""))
    zh, en = sentence(file, _only(file)).splitlines()
    assert f"错误 {file}:8 第1项 points：缺少“points” [field_missing]" == zh
    assert f"error {file}:8 item 1 points: “points” is missing" == en


def test_a_near_miss_is_suggested(written):
    """A slip of the pen is answered with the word that was meant."""
    found = _only(written(ITEM.replace("proportional", "{type: proportional, targt: 5}")))
    assert "target" in found.zh
    assert "target" in found.en


def test_another_format_is_refused(written):
    """A file that does not say its format may be anything."""
    assert "format_unknown" == _only(written(ITEM, head="format: x\nid: r\ntitle: 例\n")).code


def test_a_missing_file_is_refused(tmp_path):
    """No traceback for a name that is not there."""
    with pytest.raises(UnusableFileError) as refused:
        load_rubric(tmp_path / "none.yaml")
    assert "none.yaml" in refused.value.text("zh")


def test_python_complaints_are_not_shown_in_chinese(written):
    """What Python says of a broken expression is of no use to an official."""
    found = _only(written(ITEM.replace("proportional", "{type: proportional, target: 5 +}")))
    assert "invalid syntax" not in found.zh
    assert "<unknown>" not in found.en


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1\n", "制表符"),
        ("a: b: c\n", "须加引号"),
        ("a:\n  - {b: 1\n  - {b: 2}\n", "括号没有成对"),
        ("a: 2023-06-31\n", "没有这一天"),
    ],
)
def test_what_yaml_complains_of_is_told_in_chinese(tmp_path, text, hint):
    """The usual slips of indent, colon, bracket and day have a sentence of their own."""
    file = tmp_path / "r.yaml"
    file.write_text(text, encoding="utf-8")
    read, faults = try_rubric(file)
    assert read is None
    assert [("not_yaml", True)] == [(fault.code, hint in fault.zh) for fault in faults]


def test_a_full_width_colon_is_told(tmp_path):
    """“target：20” is no unknown key but a colon of a Chinese keyboard."""
    file = tmp_path / "r.yaml"
    rule = "{type: proportional, target：20}"
    file.write_text(
        "format: shouxian-rubric-1\nid: t\ntitle: t\nparts:\n"
        f"  - {{id: P, name: P, items: [{{id: '1', name: 甲, points: 5, rule: {rule}}}]}}\n",
        encoding="utf-8",
    )
    assert ["冒号要用半角" in fault.zh for fault in try_rubric(file)[1]] == [True]
