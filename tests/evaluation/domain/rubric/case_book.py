"""Reads the hand-worked cases officials can follow: rules, values, points."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from services.evaluation.adapters.rubric.lines import Lines
from services.evaluation.adapters.rubric.load import _SPECIAL, SPELT
from services.evaluation.adapters.rubric.reading import Place, Reader
from services.evaluation.domain.rubric.model import Item, Part, Rubric, Text
from services.evaluation.domain.rubric.score import score_rubric
from services.evaluation.domain.rubric.values import NOT_APPLICABLE, AssessedUnit, CellKey, Note, Values
from shared.parameters.strict_yaml import read_document

CASES = Path(__file__).parent / "cases"


def read(name):
    """Return what is written in one file of cases."""
    return read_document(CASES / name).data


def one_by_one(name):
    """Return every case of a file of methods: (id, method, case)."""
    return [
        (f"{method['method']} {method['zh']}: {case['say']}", method, case)
        for method in read(name)
        for case in method["cases"]
    ]


def rubric_of(raw):
    """Return the rubric written as *raw*, in the words of a rubric file."""
    return _read(Rubric, {"id": "case", "title": "case", **raw})


def rule_of(raw):
    """Return the rule written as *raw*."""
    return (
        rubric_of(
            {
                "parts": [
                    {"id": "p", "name": "p", "items": [{"id": "1", "name": "1", "points": 1, "rule": raw}]}
                ]
            }
        )
        .parts[0]
        .items[0]
        .rule
    )


def item_rubric(item, **rubric):
    """Return a rubric of one item."""
    return Rubric(id="r", title=Text("r"), parts=(Part(id="p", name=Text("p"), items=(item,)),), **rubric)


def _read(kind, raw):
    reader = Reader(Lines({}), _SPECIAL, SPELT)
    found = reader.record(kind, raw, Place())
    assert not reader.faults, [fault.en for fault in reader.faults]
    return found


def cell(raw):
    """Return a value as a case writes it: n/a, yes and no, days, numbers, words."""
    if raw == "n/a":
        return NOT_APPLICABLE
    if isinstance(raw, (bool, date)):
        return raw
    if isinstance(raw, (int, Decimal, Fraction)):
        return Fraction(raw)
    return Fraction(raw) if raw.replace("/", "").isdigit() else raw


def values_of(rows, units=()):
    """Return values of rows (unit, item, value[, input[, period[, dimension]]]) and unit attributes."""
    known = {raw["id"]: AssessedUnit(raw["id"], **_attributes(raw)) for raw in units}
    cells = {}
    for unit, item, value, *rest in rows:
        known.setdefault(str(unit), AssessedUnit(str(unit)))
        cells[CellKey(str(unit), str(item), *map(str, rest))] = cell(value)
    known.pop("*", None)
    return Values(tuple(known.values()), cells)


def _attributes(raw):
    own = {key: str(raw[key]) for key in ("name", "group") if key in raw}
    rest = {k: cell(v) for k, v in raw.items() if k not in {"id", "name", "group", "class"}}
    return {**own, "class_": str(raw.get("class", "")), "attributes": rest}


def scored(method, case):
    """Score a case of one item; return the result."""
    raw = {"id": "1", "name": method["zh"], "points": method.get("points"), **method.get("item", {})}
    raw |= {"rule": method["rule"], **case.get("item", {})}
    others = method.get("others", [])
    rubric = rubric_of(
        {"parts": [{"id": "p", "name": "p", "items": [raw, *others]}], **method.get("rubric", {})}
    )
    values = values_of(list(_rows(case)), case.get("units", method.get("units", ())))
    if "note" in case:
        notes = {CellKey(unit.id, "1"): Note(*case["note"]) for unit in values.units}
        values = Values(values.units, values.cells, notes)
    return score_rubric(rubric, values, as_of=case.get("as_of", method.get("as_of")))


def _rows(case):
    """Return the cells: ``value`` of 甲, or ``values`` by unit; ``inputs`` by name; ``rows``."""
    values = case.get("values", {"甲": case["value"]} if "value" in case else {})
    for unit, value in values.items():
        if value != "missing":
            yield unit, "1", value
    if "missing" in values.values() or not values:
        yield "甲", "-", 0
    for name, value in case.get("inputs", {}).items():
        if isinstance(value, Mapping):
            yield from ((unit, "1", one, name) for unit, one in value.items())
        else:
            yield "甲", "1", value, name
    yield from case.get("rows", ())


def check(method, case):
    """Compare status, points and (where written down) the working with what was worked out by hand."""
    result = scored(method, case)
    expected = case["points"] if isinstance(case.get("points"), Mapping) else {"甲": case.get("points")}
    for unit, points in expected.items():
        line = result.unit(unit).item("1")
        wanted = case.get("status", "scored")
        assert (wanted, None if points is None else Fraction(points)) == (line.status, line.points), line
    if "working" in case:
        assert case["working"] == result.unit(next(iter(expected))).item("1").working


def item(rule, points=10, **settings):
    """Return an item called 1."""
    full = None if points is None else Fraction(points)
    return Item(id="1", name=Text("1"), rule=rule, points=full, **settings)


def award(rule, value, points=10, *, as_of=None, **inputs):
    """Return what *rule* gives one unit for *value* and named inputs."""
    rows = [("甲", "1", value)] + [("甲", "1", one, name) for name, one in inputs.items()]
    result = score_rubric(item_rubric(item(rule, points)), values_of(rows), as_of=as_of)
    return result.unit("甲").item("1")


def awards(rule, values, points=10):
    """Return what *rule* gives each unit of a group, by unit."""
    rows = [(unit, "1", value) for unit, value in values.items()]
    result = score_rubric(item_rubric(item(rule, points)), values_of(rows))
    return {one.unit: one.item("1").points for one in result.units}
