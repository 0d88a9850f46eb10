"""Rule and policy files → the rulebook; refuses at start-up what could not be scored with."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import rfc8785

from services.evaluation.adapters.rubric.fault import UnusableFileError
from services.evaluation.adapters.rubric.load import RubricFile, load_rubric
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.method import (
    AllOrNothing,
    Coefficient,
    Deadline,
    Frequency,
    LinearBand,
    Method,
    PerOccurrence,
    Proportional,
    Shown,
    SteppedDeduction,
    Tiers,
    ZeroOnOccurrence,
)
from services.evaluation.domain.rule import (
    Grade,
    Indicator,
    PlannedIndicator,
    Requirement,
    Rulebook,
    Target,
    WorkPoint,
)
from shared.parameters.figure import DatedFigure, FigureEntry, Label
from shared.parameters.load import dated_values, load_figures
from shared.parameters.strict_yaml import ParameterFileError, read_document

ASSESSMENT = "rules/assessment_2022.yaml"
INDICATORS = "rules/indicators_2022.yaml"
WORK_POINTS = "rules/work_points_2022.yaml"
COUNTING = "policy/counting.yaml"
REPORTING = "policy/reporting.yaml"
TRUST = "policy/trust.yaml"
SCHEMES = {"town": "rules/scheme_towns_2022.yaml", "department": "rules/scheme_departments_2022.yaml"}
FILES = (ASSESSMENT, INDICATORS, WORK_POINTS, COUNTING, REPORTING, TRUST, *SCHEMES.values())

_METHODS: Mapping[str, Callable[..., Method]] = {
    "all_or_nothing": AllOrNothing,
    "proportional": Proportional,
    "coefficient": Coefficient,
    "stepped_deduction": SteppedDeduction,
    "per_occurrence": PerOccurrence,
    "zero_on_occurrence": ZeroOnOccurrence,
    "linear_band": LinearBand,
    "deadline": Deadline,
    "frequency": Frequency,
    "tiers": Tiers.written,
}
_NO_POINTS = {date.min: {"value": 0, "source": "只展示，不计分 · shown, not scored", "confirmed": True}}
_DECIMALS = frozenset({"target", "step", "deduct", "factor", "full_at", "zero_above"})


def load_rulebook(folder: Path) -> Rulebook:
    """Read the rulebook from *folder* (``rules/`` and ``policy/`` inside).

    Raises ``ParameterFileError``, naming file, key and what is wrong. The same
    bytes are read once in a process: the plan is long, and a rulebook cannot change.
    """
    return _load(folder, tuple(_sha256(folder / name) for name in FILES))


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


@lru_cache(maxsize=4)
def _load(folder: Path, _bytes: tuple[str, ...]) -> Rulebook:
    assessment = read_document(folder / ASSESSMENT)
    work_points = read_document(folder / WORK_POINTS)
    indicators = read_document(folder / INDICATORS)
    counting, reporting, trust = (load_figures(folder / name) for name in (COUNTING, REPORTING, TRUST))
    figures = {**counting.figures, **reporting.figures, **trust.figures}
    points = tuple(_work_point(item) for item in work_points.data["items"])
    planned = {indicator.id: (point, indicator) for point in points for indicator in point.indicators}
    file = folder / INDICATORS
    computed = tuple(_indicator(file, raw, planned) for raw in indicators.data["indicators"])
    if twice := sorted({one.id for one in computed if sum(one.id == other.id for other in computed) > 1}):
        raise ParameterFileError(file, twice[0], "stands there twice")
    for indicator in computed:
        for key in indicator.figures:
            if key not in figures:
                raise ParameterFileError(
                    file, f"{indicator.id}.figures", f"{key} is neither in {COUNTING} nor in {REPORTING}"
                )
    read = (assessment, indicators, work_points, counting, reporting, trust)
    schemes = {kind: _scheme(folder / name) for kind, name in SCHEMES.items()}
    shas = (*(one.sha256 for one in read), *(one.sha256 for one in schemes.values()))
    return Rulebook(
        since=assessment.data["since"],
        work_points=points,
        indicators=computed,
        figures=figures,
        departments=tuple(assessment.data["departments"]["units"]),
        sector_departments=tuple(assessment.data["sector_departments"]["units"]),
        # The rules of a pack sealed before the list was there barred by the province alone.
        barring_notices=frozenset(assessment.data.get("barring_notices", {"levels": ["province"]})["levels"]),
        grades=_grades(folder / ASSESSMENT, assessment.data["grades"]["bands"]),
        files=dict(zip(FILES, shas, strict=True)),
        schemes={kind: one.rubric for kind, one in schemes.items()},
    )


def _scheme(file: Path) -> RubricFile:
    """Return how totals come about; a scheme that cannot be used stops the start like any policy file."""
    try:
        return load_rubric(file)
    except UnusableFileError as unusable:
        raise ParameterFileError(file, "scheme", unusable.text("en")) from unusable


def _grades(file: Path, bands: list[dict[str, Any]]) -> tuple[Grade, ...]:
    grades = tuple(Grade(Label(band["zh"], band["en"]), Decimal(band["least"])) for band in bands)
    least = [grade.least for grade in grades]
    if least != sorted(set(least), reverse=True) or least[-1] != 0 or len(least) < 2:  # noqa: PLR2004
        raise ParameterFileError(
            file, "grades.bands", "two or more, highest first, down to 0: no hole, no overlap"
        )
    return grades


def _work_point(raw: dict[str, Any]) -> WorkPoint:
    return WorkPoint(
        id=raw["id"],
        part=raw["part"],
        section=raw["section"],
        title=Label(raw["title"]["zh"], raw["title"]["en"]),
        service=raw["service"],
        responsible=tuple(raw["responsible"]),
        responsible_and_others=raw.get("responsible_and_others", ""),
        requirements=tuple(
            Requirement(one["id"], one["text"], one["kind"], one.get("deadline"))
            for one in raw["requirements"]
        ),
        indicators=tuple(_planned(one) for one in raw["indicators"]),
    )


def _planned(raw: dict[str, Any]) -> PlannedIndicator:
    return PlannedIndicator(
        id=raw["id"],
        name=raw["name"],
        unit=raw["unit"],
        numerator=raw["numerator"],
        denominator=str(raw["denominator"]),
        target=Target(str(raw["target"]["op"]), str(raw["target"]["value"]), raw["target"]["source"]),
        scope=tuple(raw["scope"]),
        mode=raw["mode"],
        scoring=raw["scoring"],
        deadline=raw.get("deadline"),
        reported_by=raw.get("reported_by", ""),
    )


def _indicator(
    file: Path, raw: dict[str, Any], planned: Mapping[str, tuple[WorkPoint, PlannedIndicator]]
) -> Indicator:
    key = str(raw.get("id"))
    if key not in planned:
        raise ParameterFileError(file, key, "is not an indicator of the work points")
    point, plan = planned[key]
    counts = tuple(raw["counts"])
    own = tuple(raw.get("department_counts", ()))
    unknown = [name for name in (*counts, *own) if name not in COUNTINGS]
    if unknown:
        raise ParameterFileError(file, f"{key}.counts", f"{unknown[0]} is not a way of counting")
    note = raw.get("note")
    return Indicator(
        id=key,
        item=point.id,
        name=Label(plan.name, raw["en"]),
        unit=plan.unit,
        kind=raw["kind"],
        counts=counts,
        department_counts=own,
        department_value=raw.get("department_value"),
        of_towns="town" in plan.scope,
        method=_method(file, key, raw),
        points=_points(file, key, plan.name, raw),
        target=plan.target,
        version=_version(raw, plan),
        deduction=raw.get("deduction", False),
        veto=raw.get("veto", False),
        needs_cases=raw.get("needs_cases", True),
        figures=tuple(raw.get("figures", ())),
        note=Label(note["zh"], note["en"]) if note else None,
        counted_in=raw.get("counted_in", ""),
        split_target=raw.get("split_target", False),
        every_department=raw.get("every_department", False),
        reported=plan.mode == "reported" or raw.get("reported", False),
        bonus=raw.get("bonus", False),
    )


def _method(file: Path, key: str, raw: dict[str, Any]) -> Method:
    """Return the method; what is written as ``scored: false`` has none, and no points either."""
    if raw.get("scored", True):
        return method_from(file, key, raw["method"])
    if given := sorted({"method", "points"}.intersection(raw)):
        raise ParameterFileError(file, f"{key}.{given[0]}", "is not given for what is not scored")
    return Shown()


def _points(file: Path, key: str, name: str, raw: dict[str, Any]) -> DatedFigure[Decimal]:
    written = raw["points"] if raw.get("scored", True) else _NO_POINTS
    entries = dated_values(file, f"{key}.points", written)
    exact = tuple(
        FigureEntry(
            entry.since,
            None if entry.value is None else Decimal(entry.value),
            entry.source,
            entry.confirmed,
            entry.note,
        )
        for entry in entries
    )
    return DatedFigure(f"{key}.points", Label(f"{name}分值", f"Points of {raw['en']}"), "points", exact)


def method_from(file: Path, key: str, raw: dict[str, Any]) -> Method:
    """Return the method written as *raw*: its type and what belongs to it."""
    given = dict(raw)
    kind = str(given.pop("type", ""))
    arguments = {name: Decimal(value) if name in _DECIMALS else value for name, value in given.items()}
    try:
        return _METHODS[kind](**arguments)
    except (KeyError, TypeError) as error:
        raise ParameterFileError(file, f"{key}.method", f"{kind} is not written so: {error}") from error


def _version(raw: dict[str, Any], plan: PlannedIndicator) -> str:
    """Return the SHA-256 of the rule as written and of the target it is held against."""
    written = {"rule": plain(raw), "target": [plan.target.op, plan.target.value, plan.target.source]}
    return hashlib.sha256(rfc8785.dumps(written)).hexdigest()


def plain(value: Any) -> Any:  # noqa: ANN401  (whatever YAML holds)
    """Return what YAML holds as JSON can: days and exact decimals as text, keys as text."""
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
