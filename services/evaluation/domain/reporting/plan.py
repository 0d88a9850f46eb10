"""Who reports what about whom, how often and by when: the dated rules of policy/reporting.yaml."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from services.evaluation.domain.reporting.errors import NotReportedError
from services.evaluation.domain.reporting.figure import Shape
from services.evaluation.domain.rule import Rulebook
from shared.kernel.period import Month
from shared.parameters.figure import DatedFigure

COUNTY = "610327"
"""The county as the unit a value is about."""
Cadence = Literal["year", "quarter", "month"]
Combine = Literal["latest", "sum"]
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A year ``2022``, a quarter ``2022Q1`` or a month ``202201``. Keys of one cadence sort by time."""

    key: str
    first: date
    last: date


def periods_of(cadence: Cadence, year: int) -> tuple[ReportPeriod, ...]:
    """Return the periods of *year*."""
    length = {"year": 12, "quarter": _QUARTER, "month": 1}[cadence]
    found = []
    for number in range(1, 13, length):
        first, last = Month(year, number), Month(year, number + length - 1)
        key = {"year": str(year), "quarter": f"{year}Q{(number + 2) // _QUARTER}", "month": str(first)}[
            cadence
        ]
        found.append(ReportPeriod(key, first.first_day, last.last_day))
    return tuple(found)


def last_day_of(key: str) -> date:
    """Return the last day of the period written as *key*."""
    cadence: Cadence = "quarter" if "Q" in key else "year" if len(key) == len("2022") else "month"
    return next(one.last for one in periods_of(cadence, int(key[:4])) if one.key == key)


def due_day(period: ReportPeriod, cadence: Cadence, days: Mapping[str, int], year_end: date) -> date:
    """Return the day by which a report is due: so many days after its period; what ends the year, *year_end*.

    The last period of a year is judged with the year, so it is due before it is over.
    """
    if period.last >= date(year_end.year, 12, 31):
        return year_end
    return period.last + timedelta(days=days[cadence])


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """How one indicator is reported.

    *reporter* is a department, or ``towns``, ``departments`` (those the item makes
    responsible), ``units`` (both), each for itself. *about* says whose values one
    report holds: ``self``, ``towns``, ``county``, or ``every`` (towns and
    responsible departments). *combine* says what counts: the ``latest`` period, or
    the ``sum`` of all. *evidence*: it needs a file. *meanwhile*: events will count
    it once a service publishes them.
    """

    indicator: str
    reporter: str
    about: str
    cadence: Cadence
    shape: Shape
    combine: Combine
    evidence: bool
    meanwhile: bool
    confirmed: bool
    source: str


def rule_key(indicator: str) -> str:
    return f"report_rule_{indicator}"


def target_key(indicator: str) -> str:
    return f"report_target_{indicator}"


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that is owed: by whom, about which units, for which period, by when."""

    indicator: str
    reporter: str
    about: tuple[str, ...]
    period: ReportPeriod
    due_on: date
    rule: ReportingRule


class ReportingPlan:
    """The rules as in force on a day, with the units of this county."""

    def __init__(self, rulebook: Rulebook, towns: Sequence[str]) -> None:
        self._rulebook = rulebook
        self._towns = tuple(towns)

    @property
    def figures(self) -> Mapping[str, DatedFigure[Any]]:
        return self._rulebook.figures

    def indicators(self, day: date) -> tuple[str, ...]:
        """Return what is reported on *day*, in the order of the plan; with what is listed meanwhile."""
        listed = self.figures["reported_meanwhile"].on(day)
        return tuple(
            one.id
            for point in self._rulebook.work_points
            for one in point.indicators
            if (one.mode == "reported" or one.id in listed) and rule_key(one.id) in self.figures
        )

    def rule(self, indicator: str, day: date) -> ReportingRule:
        """Return how *indicator* is reported on *day*; raises NotReportedError."""
        if indicator not in self.indicators(day):
            raise NotReportedError(indicator=indicator)
        entry = self.figures[rule_key(indicator)].entry_on(day)
        value = entry.value
        return ReportingRule(
            indicator=indicator,
            reporter=value["reporter"],
            about=value["about"],
            cadence=value["cadence"],
            shape=value["shape"],
            combine=value["combine"],
            evidence=value.get("evidence", False),
            meanwhile=indicator in self.figures["reported_meanwhile"].on(day),
            confirmed=entry.confirmed,
            source=entry.source,
        )

    def owed(self, today: date) -> Iterator[Owed]:
        """Yield every report of the plan's year whose period has begun by *today*; none when it is over."""
        year = self._rulebook.since.year
        if today.year > year:
            return
        day = min(max(today, self._rulebook.since), date(year, 12, 31))
        days = self.figures["report_due_days"].on(day)
        year_end = self.figures["report_year_end_due"].on(day)
        for indicator in self.indicators(day):
            rule = self.rule(indicator, day)
            for period in periods_of(rule.cadence, year):
                if period.first > today:
                    continue
                due = due_day(period, rule.cadence, days, year_end)
                for reporter, about in self._who(rule):
                    yield Owed(indicator, reporter, about, period, due, rule)

    def _who(self, rule: ReportingRule) -> Iterator[tuple[str, tuple[str, ...]]]:
        towns, departments = self._towns, self._responsible(rule.indicator)
        each = {"towns": towns, "departments": departments, "units": (*towns, *departments)}
        if rule.reporter in each:
            yield from ((unit, (unit,)) for unit in each[rule.reporter])
            return
        about = {
            "towns": towns,
            "county": (COUNTY,),
            "every": (*towns, *departments),
            "self": (rule.reporter,),
        }
        yield rule.reporter, about[rule.about]

    def _responsible(self, indicator: str) -> tuple[str, ...]:
        return self._rulebook.responsible_for(self._rulebook.indicator(indicator))
