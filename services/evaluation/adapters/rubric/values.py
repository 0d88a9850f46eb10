"""A CSV of values → what a rubric is scored with; every fault names its line and its column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path

import chinese_calendar

from services.evaluation.adapters.rubric.cell import content_of, is_not_applicable
from services.evaluation.adapters.rubric.fault import Fault, UnusableFileError, error, in_order
from services.evaluation.adapters.rubric.load import UnitKinds
from services.evaluation.adapters.rubric.needs import Needs
from services.evaluation.adapters.rubric.sheet import ATTRIBUTE, Row, read_sheet
from services.evaluation.domain.rubric.values import (
    EVERY_UNIT,
    NOT_APPLICABLE,
    SATURDAY,
    AssessedUnit,
    CellKey,
    CellValue,
    Note,
    Scalar,
    Values,
    Workdays,
)

_ATTRIBUTES = ("group", "class", "name")
MOST_LISTED = 12
_CALENDAR = (date(2004, 1, 1), date(2026, 12, 31))


@dataclass(frozen=True, slots=True)
class ReadValues:
    """The values, what to look at, on which line each cell stands, and which were written as per cent."""

    values: Values
    faults: tuple[Fault, ...]
    lines: Mapping[CellKey, int]
    percents: frozenset[CellKey] = frozenset()


@dataclass(slots=True)
class _Reading:
    needs: Needs | None
    attributes: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    cells: dict[CellKey, CellValue] = field(default_factory=dict)
    notes: dict[CellKey, Note] = field(default_factory=dict)
    lines: dict[CellKey, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    percents: set[CellKey] = field(default_factory=set)

    def fault(self, code: str, row: Row, column: str, zh: str, en: str) -> None:
        self.faults.append(error(code, row["item"], column, zh, en, row.line))


def read_values(file: Path, needs: Needs | None = None, kinds: UnitKinds | None = None) -> ReadValues:
    """Read *file*; *needs* says what the rubric reads, *kinds* which groups and classes it has.

    What they do not know is a fault. Raises UnusableFileError with all faults at once.
    """
    sheet = read_sheet(file)
    reading = _Reading(needs, faults=list(sheet.faults))
    for row in sheet.rows:
        _read_row(reading, row)
    _kinds(reading, kinds or UnitKinds())
    if not reading.attributes:
        reading.faults.append(error("no_units", "", "unit", "没有任何单位", "there is no unit"))
    if any(fault.level == "error" for fault in reading.faults):
        raise UnusableFileError(file, reading.faults)
    units = tuple(_unit(name, given) for name, given in reading.attributes.items())
    values = Values(units, reading.cells, reading.notes, _workdays(reading.cells.values()))
    return ReadValues(values, in_order(reading.faults), reading.lines, frozenset(reading.percents))


def _read_row(reading: _Reading, row: Row) -> None:
    unit, item = row["unit"], row["item"]
    if not unit:
        reading.fault("unit_missing", row, "unit", "没有写单位", "no unit is named")
        return
    _attributes(reading, row, unit)
    if not item:
        if row["value"]:
            reading.fault("item_missing", row, "item", "有数值而没有写项目编号", "a value without its item")
        return
    key = CellKey(unit, item, row["input"], row["period"], row["dimension"])
    if key in reading.lines:
        first = reading.lines[key]
        reading.fault("value_twice", row, "value", f"与第{first}行重复", f"is given already on line {first}")
        return
    reading.lines[key] = row.line
    if reading.needs is not None:
        _known(reading, reading.needs, row, key)
    if row["reason"] or row["assessor"]:
        reading.notes[key] = Note(row["reason"], row["assessor"])
    _cell(reading, row, key)


def _attributes(reading: _Reading, row: Row, unit: str) -> None:
    if unit == EVERY_UNIT:
        return
    known = reading.attributes.setdefault(unit, {})
    for column, cell in row.cells.items():
        if not cell or (column not in _ATTRIBUTES and not column.startswith(ATTRIBUTE)):
            continue
        before, line = known.setdefault(column, (cell, row.line))
        if before != cell:
            reading.fault(
                "attribute_conflict",
                row,
                column,
                f"“{cell}”与第{line}行的“{before}”不一致",
                f"“{cell}” differs from “{before}” on line {line}",
            )


def _kinds(reading: _Reading, kinds: UnitKinds) -> None:
    """Note groups and classes the rubric does not have: a slip would put the unit in a group of its own."""
    for unit, given in reading.attributes.items():
        for column, known in (("group", kinds.groups), ("class", kinds.classes)):
            written, line = given.get(column, ("", 0))
            if not known or written in known:
                continue
            zh = f"单位“{unit}”没有写{column}" if not written else f"没有“{written}”这一类"
            en = f"the unit {unit} has no {column}" if not written else f"there is no {column} “{written}”"
            listed = "、".join(known)
            reading.faults.append(
                error(
                    f"unknown_{column}", "", column, f"{zh}；可用：{listed}", f"{en}; known: {listed}", line
                )
            )


def _cell(reading: _Reading, row: Row, key: CellKey) -> None:
    text = row["value"]
    if is_not_applicable(text):
        reading.cells[key] = NOT_APPLICABLE
        return
    try:
        content = content_of(text)
    except ValueError:
        reading.fault("no_such_day", row, "value", f"没有“{text}”这一天", f"there is no day {text}")
        return
    if content is not None:
        reading.cells[key] = content
    if isinstance(content, Fraction) and text.endswith(("%", "％")):
        reading.percents.add(key)


def _known(reading: _Reading, needs: Needs, row: Row, key: CellKey) -> None:
    """Note names the rubric has not: a value nobody reads is mostly a slip of the pen."""
    asked = (
        ("item", key.item, needs.items),
        ("input", key.input, needs.inputs_of(key.item)),
        ("period", key.period, needs.periods_of(key.item, key.input)),
        ("dimension", key.dimension, needs.dimensions_of(key.item, key.input)),
    )
    for column, given, allowed in asked:
        if allowed is None or given in allowed:
            continue
        near = get_close_matches(given, sorted(allowed), 1)
        listed = ", ".join(sorted(name or "(空 empty)" for name in allowed)[:MOST_LISTED])
        zh = f"，是否为“{near[0]}”？" if near else f"；可用：{listed}"
        en = f"; did you mean “{near[0]}”?" if near else f"; it has: {listed}"
        shown = given or "(空 empty)"
        reading.fault(
            f"unknown_{column}", row, column, f"考核细则没有“{shown}”{zh}", f"the rubric has no “{shown}”{en}"
        )
        if column == "item":
            return


def _unit(name: str, given: Mapping[str, tuple[str, int]]) -> AssessedUnit:
    plain = {column: cell for column, (cell, _) in given.items()}
    more: dict[str, Scalar] = {}
    for column, cell in plain.items():
        content = content_of(cell) if column.startswith(ATTRIBUTE) else None
        if content is not None:
            more[column.removeprefix(ATTRIBUTE)] = content
    return AssessedUnit(name, plain.get("name", ""), plain.get("group", ""), plain.get("class", ""), more)


def _workdays(cells: Iterable[CellValue]) -> Workdays:
    return official_workdays() if any(isinstance(cell, date) for cell in cells) else Workdays()


@cache
def official_workdays() -> Workdays:
    """Return the holidays and worked weekends that the State Council has published, as far as known."""
    first, last = _CALENDAR
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = {day: _worked(day) for day in days}
    off = {day for day, works in worked.items() if works is False and day.weekday() < SATURDAY}
    on = {day for day, works in worked.items() if works is True and day.weekday() >= SATURDAY}
    return Workdays(frozenset(off), frozenset(on))


def _worked(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
