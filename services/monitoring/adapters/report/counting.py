"""Counting the figures of a report: one statement a figure, over the tables as of the period's end."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.monitoring.adapters.report.identification import (
    cases_open,
    cases_overdue,
    cases_rejected,
    clues_open,
    clues_reported,
    eliminated,
    identified,
    identified_persons,
    measures_overdue,
    relapsed,
    risks,
    rolled_back,
    stock,
    stock_persons,
    visits_made,
)
from services.monitoring.adapters.report.livelihood import (
    help_given,
    households_and_grids,
    income_bands,
    sampled,
    work,
)
from services.monitoring.adapters.report.matters import opened_not_closed, warnings_and_errors
from services.monitoring.adapters.report.scope import Counted, Scope
from services.monitoring.domain.report.figure import figures_of
from services.monitoring.domain.report.period import Period
from services.monitoring.domain.report.report import Subject
from services.monitoring.domain.timer import Limits
from shared.contracts.codes import codes
from shared.kernel.money import Fen
from shared.parameters.figure import DatedFigure

Counting = Callable[[Connection, Scope], Iterable[Counted]]

_COUNTINGS: dict[str, tuple[Counting, ...]] = {
    "weekly": (
        clues_reported,
        clues_open,
        cases_open,
        cases_overdue,
        identified,
        identified_persons,
        cases_rejected,
        measures_overdue,
        visits_made,
    ),
    "monthly": (stock, stock_persons, risks, help_given, work, warnings_and_errors, opened_not_closed),
    "quarterly": (
        eliminated,
        rolled_back,
        relapsed,
        sampled,
        income_bands,
        households_and_grids,
        warnings_and_errors,
        opened_not_closed,
    ),
}


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What the figures of one area's report count; *limits* and *line* say what is overdue and poor."""

    connection: Connection
    limits: Limits
    line: DatedFigure[int]

    def count(self, period: Period, area_code: str) -> dict[str, list[Subject]]:
        """Return for every figure of the period's kind what it counts, an empty list for nothing."""
        scope = Scope(period, area_code, *self._thresholds(period.last))
        counted: dict[str, dict[str, Subject]] = defaultdict(dict)
        for counting in _COUNTINGS[period.kind]:
            for code, id_, household_id in counting(self.connection, scope):
                counted[code][id_] = Subject(id_, household_id)
        return {code: [counted[code][id_] for id_ in sorted(counted[code])] for code in codes_of(period.kind)}

    def _thresholds(self, day: date) -> tuple[int, int, Fen | None]:
        line = self.line.on(day) if self.line.in_force_on(day) else None
        return self.limits.identification_days.on(day), self.limits.measure_months.on(day), line


def codes_of(kind: str) -> list[str]:
    """Return the codes of a kind's figures, each value of a divided one, in the order of the report."""
    found = []
    for figure in figures_of(kind):  # type: ignore[arg-type]  # one of the three kinds
        if figure.by:
            found += [f"{figure.code}.{code.value}" for code in codes()[figure.by]]
        else:
            found.append(figure.code)
    return found
