"""Whose things these pages show: of a department its own, of others those of their area."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from services.monitoring.adapters.read_models_comparison import (
    CaseComparisonShown,
    DifferenceShown,
    WarningShown,
    difference_shown,
    find_case_comparisons,
    warning_shown,
)
from services.monitoring.domain.comparison.errors import NotOursError
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from shared.kernel.period import Month
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge

T = TypeVar("T")
_YEARS, _MONTHS = range(2000, 2100), range(1, 13)


def unit_of(officer: Officer) -> str:
    """Return the department *officer* acts for; empty: any."""
    return officer.unit if officer.role == "department" else ""


TOWNS = "镇人民政府"
"""How ``policy/comparison.yaml`` calls the towns where they own the data: each answers for its own."""


def asked_unit(officer: Officer) -> str:
    """Return as whom *officer* is asked about a case: the department, or the town; empty: the county."""
    return TOWNS if officer.role == "town" else unit_of(officer)


def require_own(ask: MonitoringAsk, department: str) -> None:
    """Refuse a department what is another's."""
    if unit_of(ask.officer) not in ("", department):
        raise NotOursError(department=department)


def known(found: T | None, missing: Callable[[], Exception]) -> T:
    """Return what was *found*; raises *missing* otherwise."""
    if found is None:
        raise missing()
    return found


def warning_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the warning a page names."""
    with read(ask) as connection:
        found: WarningShown | None = warning_shown(connection, given["warning_id"])
    return found.area_code if found else None


def difference_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the difference a page or action names."""
    with read(ask) as connection:
        found: DifferenceShown | None = difference_shown(connection, given["difference_id"])
    return found.area_code if found else None


def request_shown(ask: MonitoringAsk, comparison_id: str) -> CaseComparisonShown | None:
    """Return one request about a case."""
    with read(ask) as connection:
        found, _ = find_case_comparisons(connection, comparison_id=comparison_id)
    return found[0] if found else None


def due(ask: MonitoringAsk, row: Any) -> Badge:  # noqa: ANN401  (a row with due_on)
    """Return how near the day is by which something waits."""
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    return due_badge(row.due_on, ask.today, near)


def month_words(month: str) -> Words:
    """Return YYYYMM as people read it."""
    return Words(f"{month[:4]}年{int(month[4:])}月", f"{month[:4]}-{month[4:]}")


def month_asked(text: str) -> Month | None:
    """Return the month an address names as YYYYMM, or None for what is none: a page then shows its usual."""
    if not (text.isascii() and text.isdigit() and len(text) == len("202201")):
        return None
    year, number = int(text[:4]), int(text[4:])
    return Month(year, number) if year in _YEARS and number in _MONTHS else None


def last_month(ask: MonitoringAsk) -> str:
    """Return the month before this one, which lists are about."""
    return str(Month.of(ask.today).plus(-1))


_SAYS = {
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
    "left": Words("已不在户", "has left"),
    "present": Words("在户", "present"),
}


def says(text: str) -> Words:
    """Return what a list or the register says, as people read it; a certificate as kind and grade."""
    kind, dash, grade = text.partition("-")
    if dash:
        named, graded = words_of("disability_kind", kind), words_of("disability_grade", grade)
        return Words(f"{named.zh}{graded.zh}", f"{named.en}, {graded.en}")
    return _SAYS.get(text, Words(text, text))


_OUTCOME = {"to_check": "yellow", "in_procedure": "blue", "identified": "red", "no_risk": "green"}


def outcome_badge(state: str) -> Badge:
    """Return what has become of a warning."""
    colour: Any = _OUTCOME.get(state, "grey")
    return Badge(colour, words_of("warning_outcome", state))
