"""Frozen results made by hand, small enough to be added up on paper."""

from datetime import date
from fractions import Fraction

from services.evaluation.domain.assessment import Stage, Version
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.ranking import two_decimals

AS_OF, KNOWN_AT = date(2022, 12, 31), date(2023, 1, 10)


def line(unit, indicator, points, full, **more):
    """A scored line unless told otherwise; points None: not scored."""
    given = {
        "id": f"{unit}:{indicator}@2022-12-31/2023-01-10",
        "unit": unit,
        "unit_name": unit,
        "indicator": indicator,
        "name": f"指标{indicator}",
        "status": "not_applicable" if points is None else "scored",
        "missing": "",
        "value": "50.00",
        "value_exact": "50",
        "value_unit": "%",
        "numerator": "1",
        "denominator": "2",
        "target": ">= 100",
        "unit_target": None,
        "target_source": "plan",
        "target_confirmed": True,
        "points": None if points is None else str(two_decimals(Fraction(points))),
        "points_exact": points,
        "max_points": full,
        "deduction": False,
        "bonus": False,
        "working": "算式",
        "rule_sha256": "0" * 64,
        "event_count": 1,
        "events_sha256": "a" * 64,
    }
    return {**given, **more}


def entry(unit, total, rank, **more):
    """A unit on the board."""
    given = {
        "unit": unit,
        "name": unit,
        "total": total,
        "total_exact": total,
        "rank": rank,
        "grade": None if total is None else "良好",
        "vetoes": [],
        "effects": [],
        "grade_note": "",
        "composition": [{"id": "indicators", "name": "各项指标", "points": total, "full": "63"}],
        "scored": 1,
        "not_applicable": [],
        "not_set": [],
        "missing": [],
    }
    return {**given, **more}


def version(towns, departments, lines, stage=Stage.DRAFT):
    """A version holding them."""
    return Version(
        assessment_id="a1",
        number=1,
        stage=stage,
        as_of=AS_OF,
        known_at=KNOWN_AT,
        made_on=KNOWN_AT,
        made_at=None,
        reason="",
        board={"towns": towns, "departments": departments},
        lines=tuple(lines),
        rules={},
        digest="d" * 64,
        difference={},
        frozen=(),
        rulings=(),
    )


def three_towns():
    """Jia has 80, Yi 60, Bing nothing at all; Yi owes a report worth 2 points."""
    towns = [
        entry("甲镇", "80.00", 1),
        entry("乙镇", "60.00", 2, missing=["I03-1"], vetoes=["I01-1"]),
        entry("丙镇", None, None, missing=["I03-1"], composition=[]),
    ]
    owed = {"status": "missing", "value": None, "value_exact": None}
    lines = [
        line("甲镇", "I01-1", "4", "4", value="100.00", numerator="2"),
        line("甲镇", "I02-1", "7/3", "3"),
        line("乙镇", "I01-1", "1", "4"),
        line("乙镇", "I02-1", "3", "3", value="100.00", numerator="2"),
        line("乙镇", "I03-1", None, "2", **owed),
        line("乙镇", "I37-4", "-1", "10", deduction=True, value="1.00", value_unit="次"),
        line("丙镇", "I03-1", None, "2", **owed),
    ]
    return towns, [entry("县水利局", "90.00", 1)], [*lines, line("县水利局", "I09-1", "9", "10")]


def frozen(rulebook, *, published=False, parts=None):
    """The three towns and one department as a frozen result."""
    towns, departments, lines = parts or three_towns()
    stage = Stage.FINAL if published else Stage.DRAFT
    return FrozenResult.of(version(towns, departments, lines, stage), rulebook, published=published)
