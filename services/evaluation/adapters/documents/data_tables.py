"""A version as plain tables: units, parts of totals, lines, shares; points rounded and, as text, exact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.evaluation.domain.documents.frozen import FrozenLine, FrozenResult, FrozenUnit
from services.evaluation.domain.documents.wording import points
from services.evaluation.domain.scoreboard import Scoreboard

Cell = str | int | None
_TWO = "DECIMAL(14,2)"
_TEXT, _WHOLE, _FLAG, _DAY, _INSTANT = "VARCHAR", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP"
_OPERATORS = {">=": "ge", "<=": "le", "=": "eq", "<": "lt", ">": "gt", "rank<=": "rank_le"}


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of the data set: its columns with their SQL types, what they hold, and its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    says: str
    rows: Iterator[Sequence[Cell]]


def units_table(result: FrozenResult) -> DataTable:
    columns = (
        ("group", _TEXT), ("unit", _TEXT), ("name", _TEXT), ("rank", _WHOLE), ("total", _TWO),
        ("total_exact", _TEXT), ("grade", _TEXT), ("vetoes", _TEXT), ("won", _TWO), ("available", _TWO),
        ("scored_lines", _WHOLE), ("owed_reports", _WHOLE), ("provisional", _FLAG),
    )  # fmt: skip
    return DataTable("units", columns, "one row a unit; total as published", map(_unit, result.units()))


def _unit(unit: FrozenUnit) -> Sequence[Cell]:
    whole = unit.sum_of(line.item for line in unit.lines)
    return (
        unit.group, unit.id, unit.name, unit["rank"], unit["total"], unit["total_exact"], unit["grade"],
        " ".join(unit["vetoes"]), points(whole.won), points(whole.full), unit["scored"],
        unit.owed, _flag(unit.owed > 0),
    )  # fmt: skip


def parts_table(result: FrozenResult) -> DataTable:
    columns = (("unit", _TEXT), ("part", _TEXT), ("name", _TEXT), ("points", _TWO), ("full", _TEXT))
    rows = (
        (unit.id, part["id"], part["name"], part["points"], part["full"])
        for unit in result.units()
        for part in unit["composition"]
    )
    return DataTable("parts", columns, "what each total is made of; no points: did not apply", rows)


def lines_table(result: FrozenResult) -> DataTable:
    columns = (
        ("line", _TEXT), ("unit", _TEXT), ("indicator", _TEXT), ("item", _WHOLE), ("name", _TEXT),
        ("status", _TEXT), ("owed", _FLAG), ("numerator_exact", _TEXT), ("denominator_exact", _TEXT),
        ("money_in_fen", _FLAG), ("value", _TWO), ("value_exact", _TEXT), ("value_unit", _TEXT),
        ("target_op", _TEXT), ("target_value", _TEXT), ("target_confirmed", _FLAG), ("points", _TWO),
        ("points_exact", _TEXT), ("max_points_exact", _TEXT), ("deduction", _FLAG), ("bonus", _FLAG),
        ("working", _TEXT), ("events", _WHOLE), ("events_sha256", _TEXT), ("rule_sha256", _TEXT),
    )  # fmt: skip
    rows = (_line(line) for unit in result.units() for line in unit.lines)
    return DataTable("lines", columns, "one row a unit and indicator; numerator and denominator exact", rows)


def _line(line: FrozenLine) -> Sequence[Cell]:
    op, _, value = str(line["target"]).partition(" ")
    return (
        line.id, line["unit"], line.indicator, line.item, line["name"], line["status"], _flag(line.owed),
        line["numerator"], line["denominator"], _flag(line.money), line["value"], line["value_exact"],
        line["value_unit"], _OPERATORS.get(op, op), value, _flag(line["target_confirmed"]), line["points"],
        line["points_exact"], line["max_points"], _flag(line["deduction"]), _flag(line["bonus"]),
        line["working"], line["event_count"], line["events_sha256"], line["rule_sha256"],
    )  # fmt: skip


def shares_table(board: Scoreboard) -> DataTable:
    """Return what each line adds up from; *share* numbers the shares of a line and names nobody."""
    columns = (
        ("line", _TEXT), ("share", _WHOLE), ("numerator_exact", _TEXT), ("denominator_exact", _TEXT),
        ("events", _TEXT),
    )  # fmt: skip
    rows = (
        (board.line_id(line), number, str(part.numerator), str(part.denominator), " ".join(part.evidence))
        for line in board.lines()
        for number, part in enumerate(line.counted, 1)
    )
    return DataTable(
        "shares", columns, "what the figures of a line add up from, with the ids of events", rows
    )


def events_table(rows: Iterator[Sequence[Cell]]) -> DataTable:
    columns = (
        ("event", _TEXT),
        ("type", _TEXT),
        ("occurred_on", _DAY),
        ("recorded_at_utc", _INSTANT),
        ("town", _TEXT),
    )
    return DataTable("events", columns, "every event a score could rest on; no person, no household", rows)


def _flag(value: object) -> str:
    return "true" if value else "false"
