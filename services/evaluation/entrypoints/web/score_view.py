"""Scores as pages show them: figures rounded once, in frozen dataclasses."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.evaluation.domain.counting import Counted
from services.evaluation.domain.method import written
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.rule import Target
from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine, UnitScore
from services.evaluation.entrypoints.web.dependencies import path_to
from services.evaluation.entrypoints.web.figure_view import target_unit, target_words
from services.evaluation.entrypoints.web.labels import STATUS, same
from services.evaluation.entrypoints.web.scheme_words import scheme_words
from shared.kernel.money import yuan_text
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour

_GRADES: dict[str, Colour] = {"优秀": "green", "良好": "blue", "一般": "yellow", "较差": "red"}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on the scoreboard."""

    rank: int | None
    unit_id: str
    name: str
    total: Decimal | None
    grade: Badge | None
    vetoes: tuple[str, ...]
    scored: int
    lines: int
    available: str
    area_code: str
    path: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One indicator of a unit."""

    line_id: str
    indicator: str
    item: int
    name: Words
    status: Badge
    scored: bool
    numerator: str
    denominator: str
    value: str
    unit: Words
    rate: bool
    target: Words
    target_source: Words
    target_confirmed: bool
    points: Decimal | None
    max_points: str
    lost: Decimal
    deduction: bool
    veto: bool
    working: str
    rule: str
    events: int
    missing: str
    note: Words | None
    path: str


@dataclass(frozen=True, slots=True)
class CountedRow:
    """What one household, clue, measure or loan contributed to a line."""

    subject: str
    household_id: str
    numerator: str
    denominator: str
    met: Badge
    events: tuple[str, ...]


def unit_row(score: UnitScore, county: str) -> UnitRow:
    """Return *score* for a list; a department lies in the county as a whole."""
    grade = score.grade.name if score.grade else None
    return UnitRow(
        rank=score.rank,
        unit_id=score.unit.id,
        name=score.unit.name,
        total=score.total,
        grade=Badge(_GRADES.get(grade.zh, "grey"), Words(grade.zh, grade.en)) if grade else None,
        vetoes=score.vetoes,
        scored=sum(line.status == "scored" for line in score.lines),
        lines=len(score.lines),
        available=written(score.available),
        area_code=score.unit.id if score.unit.group == "town" else county,
        path=path_to("units", score.unit.id),
    )


def line_row(board: Scoreboard, line: ScoreLine) -> LineRow:
    """Return *line* with its figures as people read them."""
    rule = line.indicator
    target: Target = rule.target
    unit = target_unit(target, rule.unit, rate=rule.shown_unit == "%")
    return LineRow(
        line_id=board.line_id(line),
        indicator=rule.id,
        item=rule.item,
        name=Words(rule.name.zh, rule.name.en),
        status=STATUS[line.status],
        scored=line.status == "scored",
        numerator=counted_text(line.numerator, rule.counted_in),
        denominator=counted_text(line.denominator, rule.counted_in),
        value=_value(line),
        unit=scheme_words(rule.shown_unit),
        rate=rule.kind == "rate" and not rule.split_target,
        target=target_words(target, unit, line.unit_target),
        target_source=source_words(target.source),
        target_confirmed=target.confirmed,
        points=None if line.points is None else two_decimals(line.points),
        max_points=written(line.max_points),
        lost=two_decimals(line.lost),
        deduction=rule.deduction,
        veto=rule.veto and line.lost > 0,
        working=line.working,
        rule=rule.version,
        events=len(line.evidence),
        missing=line.missing,
        note=Words(rule.note.zh, rule.note.en) if rule.note else None,
        path=path_to("units", line.unit.id, rule.id),
    )


def _value(line: ScoreLine) -> str:
    """Return a rate with two decimals, a number of things as it is."""
    value, rule = line.shown_value, line.indicator
    if value is None:
        return ""
    return str(two_decimals(value)) if rule.shown_unit == "%" else written(value)


def counted_text(number: Fraction, counted_in: str) -> str:
    """Return *number* as people read it; money, which is counted in fen, as yuan."""
    return f"{yuan_text(int(number))} 元" if counted_in == "fen" else written(number)


def source_words(source: str) -> Words:
    """Say in words where a target comes from: the plan, a proposal, or the county that must still set it."""
    kind, _, rest = source.partition(" ")
    if rest in _REMARKS:
        return Words(_SOURCES[kind].zh + _REMARKS[rest].zh, f"{_SOURCES[kind].en}{_REMARKS[rest].en}")
    return (
        Words(f"{_SOURCES[kind].zh}{rest}", f"{_SOURCES[kind].en} {rest}")
        if kind in _SOURCES
        else same(source)
    )


_REMARKS = {
    "wording, N proposal": Words("的表述，数值为建议", ", the number is a proposal"),
    "(及时), N proposal 30": Words("（及时），30 为建议", " (in time), 30 is a proposal"),
    "item 37": Words("第 37 条", ", item 37"),
}
_SOURCES = {
    "plan": Words("工作要点", "the plan"),
    "proposal": Words("建议", "proposal"),
    "config": Words("待县上确定", "to be set by the county"),
}


def counted_row(counted: Counted, *, rate: bool, counted_in: str) -> CountedRow:
    """Return one subject's part; for a rate what is missing comes to the eye, for a count what happened."""
    numerator, denominator = Fraction(counted.numerator), Fraction(counted.denominator)
    return CountedRow(
        subject=counted.subject,
        household_id=counted.household_id,
        numerator=counted_text(numerator, counted_in),
        denominator=counted_text(denominator, counted_in),
        met=_met(numerator, denominator, rate=rate),
        events=counted.evidence,
    )


def _met(numerator: Fraction, denominator: Fraction, *, rate: bool) -> Badge:
    if numerator == 0 and denominator == 0:
        return Badge("grey", Words("不计入", "not counted"))
    if not rate:
        return Badge("red", Words("计入", "counted")) if numerator else Badge("grey", Words("未发生", "none"))
    if denominator == 0:
        return Badge("green", Words("计入分子", "in the numerator"))
    if numerator == 0:
        return Badge("red", Words("未达到", "not met"))
    if numerator < denominator:
        return Badge("yellow", Words("部分达到", "met in part"))
    return Badge("green", Words("达到", "met"))


def worst_first(rows: list[CountedRow]) -> list[CountedRow]:
    """Return *rows* with what is missing first."""
    order = {"red": 0, "yellow": 1, "green": 2, "grey": 3, "blue": 4}
    return sorted(rows, key=lambda row: (order[row.met.colour], row.subject))
