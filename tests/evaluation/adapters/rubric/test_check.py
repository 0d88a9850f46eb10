from pathlib import Path

import pytest

from services.evaluation.adapters.rubric.check import check_file, usable_rubric
from services.evaluation.adapters.rubric.fault import UnusableFileError
from shared.parameters.strict_yaml import read_document


def _item(points, rule, name="1"):
    return f"{{id: '{name}', name: 甲, points: {points}, rule: {rule}}}"


SOUND = _item(100, "proportional")
GRADES = "grades: [{name: 优秀, min: 90}, {name: 良好, min: 80, below: 90}, {name: 差, min: 0, below: 80}]\n"


def _found(file):
    return [(one.level, one.code, one.item, one.field) for one in check_file(file)[1]]


def test_a_sound_rubric_has_no_fault(written):
    """What is right is not complained of."""
    assert [] == _found(written(SOUND, more=f"total: 100\n{GRADES}"))


CASES = read_document(Path(__file__).parent / "cases/faults.yaml").data


@pytest.mark.parametrize("case", CASES["items"], ids=lambda case: case["says"]["code"])
def test_a_fault_of_a_rule(written, case):
    """Each fault that published rules have is found, alone, at its field."""
    says, name = case["says"], "a/b" if "a/b" in case["item"] else "1"
    assert [(says["level"], says["code"], name, says["field"])] == _found(written(case["item"]))


@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["says"]["code"])
def test_a_fault_above_the_items(written, case):
    """So is what is wrong with totals, grades, vetoes, periods and accounts."""
    says = case["says"]
    found = _found(written(SOUND, more=(GRADES if case.get("grades") else "") + case["more"]))
    assert (says["level"], says["code"], says["item"], says["field"]) in found
    assert {"quota_impossible"} >= {one[1] for one in found} - {says["code"], "quotas_above_one"}


def test_a_hole_that_no_published_total_falls_into_is_none(written):
    """Whole numbers have no total between 89 and 90; two decimals do."""
    grades = "grades: [{name: 优秀, min: 90, max: 100}, {name: 差, min: 0, max: 89}]\n"
    assert [] == _found(written(SOUND, more=f"places: 0\n{grades}"))
    assert [("error", "hole_in_grades", "", "grades")] == _found(written(SOUND, more=grades))


def test_a_ladder_of_grades_is_no_overlap(written):
    """≥90, ≥80, ≥0 is how ladders are written: the best grade reached counts."""
    grades = "grades: [{name: 优秀, min: 90, quota: 30%}, {name: 良好, min: 80}, {name: 差, min: 0}]\n"
    assert [] == _found(written(SOUND, more=grades))


def test_items_that_do_not_make_their_part(written):
    """A part says 50 and its items make 100."""
    more = "parts: [{id: P, name: 例, points: 50, items: [" + SOUND + "]}]\n"
    assert [("error", "points_do_not_add_up", "P", "points")] == _found(written(more=more))


def test_a_bonus_counted_in_the_base_is_named(written):
    """When exactly one part is too much, the message says which."""
    first = f"{{id: A, name: 甲, points: 100, items: [{SOUND}]}}"
    sixth = f"{{id: 六, name: 乙, points: 7, items: [{_item(7, 'judged', '2')}]}}"
    parts = f"parts: [{first}, {sixth}]\n"
    [fault] = check_file(written(more=f"total: 100\n{parts}"))[1]
    assert "total_does_not_add_up" == fault.code
    assert "107" in fault.zh
    assert "第六部分" in fault.zh


def test_of_two_parts_too_much_the_one_named_as_a_bonus_is_told(written):
    """Where two parts are worth what is too much, the row called 奖扣分 is the likelier one."""
    rows = [("A", "甲", 100), ("五", "宣传", 7), ("六", "奖扣分", 7), ("七", "其他", 7)]
    parts = ", ".join(
        f"{{id: {name}, name: {called}, items: [{_item(points, 'judged', f'x{name}')}], points: {points}}}"
        for name, called, points in rows
    )
    faults = check_file(written(more=f"total: 114\nparts: [{parts}]\n"))[1]
    assert "第六部分" in next(one.zh for one in faults if one.code == "total_does_not_add_up")


def test_each_kind_of_unit_is_added_up(written):
    """Of two departments, the one whose own duties make 50 of 60 is named."""
    own = [
        f"{{id: {name}, name: 职责, for: \"unit.id == '{name}'\", outside_is_na: false, "
        f"points: {points}, rule: judged}}"
        for name, points in (("县农粮局", 60), ("县矿管局", 50))
    ]
    more = f"parts: [{{id: P, name: 职责, points: 60, items: [{', '.join(own)}]}}]\n"
    [fault] = check_file(written(more=more))[1]
    assert ("points_do_not_add_up", "P") == (fault.code, fault.item)
    assert "县矿管局" in fault.zh
    assert "县农粮局" not in fault.zh


def test_a_department_is_named_whatever_its_class(written):
    """Where class and name both matter, the department whose duties do not add up is still surely wrong."""
    own = [
        f"{{id: {name}, name: 职责, for: \"unit.id == '{name}'\", outside_is_na: false, "
        f"points: {points}, rule: judged}}"
        for name, points in (("县农粮局", 60), ("县矿管局", 50))
    ]
    common = "{id: c, name: 通用, points: \"40 if unit.class == '重点' else 40\", rule: judged}"
    parts = f"{{id: P, name: 职责, points: 60, items: [{', '.join(own)}]}}"
    parts += f", {{id: Q, name: 通用, items: [{common}]}}"
    more = f"units: {{classes: [重点, 一般]}}\nparts: [{parts}]\n"
    [fault] = check_file(written(more=more))[1]
    assert "error" == fault.level
    assert fault.zh.endswith("（县矿管局）")


def test_weights_by_kind_of_unit_are_added_up(written):
    """90/10 for towns is 100; 60/30 for departments is not."""
    part = "{{id: {0}, name: 例, weight: \"{1} if unit.group == '镇' else {2}\", items: [{3}]}}"
    parts = ", ".join(
        part.format(name, *weights, _item(100, "judged", name.lower()))
        for name, weights in (("A", (0.9, 0.6)), ("B", (0.1, 0.3)))
    )
    [fault] = check_file(written(more=f"units: {{groups: [镇, 部门]}}\ntotal: 100\nparts: [{parts}]\n"))[1]
    assert "total_does_not_add_up" == fault.code
    assert "90" in fault.zh
    assert "部门" in fault.zh


def test_nested_weights_add_up(written):
    """Blocks scored on 100 and weighed 50, 25, 25 make 100."""
    parts = ", ".join(
        f"{{id: {name}, name: 例, points: 100, weight: {weight}, "
        f"items: [{_item(100, 'judged', name.lower())}]}}"
        for name, weight in (("A", "50%"), ("B", "25%"), ("C", "25%"))
    )
    assert [] == _found(written(more=f"total: 100\nparts: [{parts}]\n"))


def test_a_circle_is_named(written):
    """Items that need each other's points are refused with their names."""
    items = [
        _item(2, f"{{type: formula, points: score_of('{other}')}}", name) for name, other in ("ab", "ba")
    ]
    [fault] = check_file(written(*items))[1]
    assert "rubric_cycle" == fault.code
    assert "a → b → a" in fault.zh or "b → a → b" in fault.zh


def test_items_beside_parts_are_refused(written):
    """A part holds items or parts; with both, nobody knows what adds to what."""
    inner = f"{{id: Q, name: 内, items: [{_item(2, 'judged', '2')}]}}"
    found = _found(written(more=f"parts: [{{id: P, name: 例, items: [{SOUND}], parts: [{inner}]}}]\n"))
    assert [("error", "items_and_parts", "P", "items")] == found


def test_periods_inside_periods_are_refused(written):
    """A part with periods has no item with periods."""
    item = "{id: '1', name: 甲, points: 2, rule: judged, periods: {mean: [a, b]}}"
    more = f"parts: [{{id: P, name: 例, periods: {{mean: [c, d]}}, items: [{item}]}}]\n"
    assert ("error", "periods_nested", "1", "periods") in _found(written(more=more))


def test_an_accepted_fault_stays_with_its_reason(written):
    """What the paper says wrongly is kept, marked, and keeps nobody from scoring."""
    item = CASES["items"][0]["item"]
    more = "accepted: [{code: checks_do_not_add_up, item: '1', reason: 原表如此}]\n"
    file = written(item, more=more)
    [fault] = usable_rubric(file)[1]
    assert ("accepted", "原表如此") == (fault.level, fault.reason)


def test_an_accepted_fault_of_another_item_accepts_nothing(written):
    """An entry for item 2 does not hide the fault of item 1."""
    more = "accepted: [{code: checks_do_not_add_up, item: '2', reason: 原表如此}]\n"
    with pytest.raises(UnusableFileError):
        usable_rubric(written(CASES["items"][0]["item"], more=more))


def test_every_code_is_on_the_page():
    """A code that an official meets stands in the documentation."""
    root = Path(__file__).resolve().parents[4]
    page = (root / "docs/rubrics.md").read_text(encoding="utf-8")
    told = [CASES, read_document(Path(__file__).parent / "cases/unreadable.yaml").data]
    codes = sorted({case["says"]["code"] for cases in told for case in (*cases["items"], *cases["files"])})
    assert [] == [code for code in codes if f"`{code}`" not in page]
