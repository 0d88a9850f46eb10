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
from services.evaluation.entrypoints.web.labels import STATUS
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
    unit: str
    target: str
    target_source: str
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
    return LineRow(
        line_id=board.line_id(line),
        indicator=rule.id,
        item=rule.item,
        name=Words(rule.name.zh, rule.name.en),
        status=STATUS[line.status],
        scored=line.status == "scored",
        numerator=written(line.numerator),
        denominator=written(line.denominator),
        value="" if line.value is None else str(two_decimals(line.value)),
        unit="%" if rule.kind == "rate" else rule.unit,
        target=f"{target.text} {rule.unit}",
        target_source=target.source,
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


def counted_row(counted: Counted, *, rate: bool) -> CountedRow:
    """Return one subject's part; for a rate what is missing comes to the eye, for a count what happened."""
    numerator, denominator = Fraction(counted.numerator), Fraction(counted.denominator)
    return CountedRow(
        subject=counted.subject,
        household_id=counted.household_id,
        numerator=written(numerator),
        denominator=written(denominator),
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
