"""What the rules are given besides the record: the day, the county, and every figure in force on that day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shared.kernel.period import Month
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of ``policy/quality_figures.yaml``, by their keys. Months are YYYYMM, money is fen."""

    oldest_birth_year: int
    most_persons: int
    school_age: int
    primary_from: int
    primary_to: int
    junior_from: int
    junior_to: int
    senior_from: int
    senior_to: int
    college_from: int
    master_from: int
    low_education_from: int
    low_education_to: int
    compulsory_from: int
    compulsory_below: int
    school_year_month: int
    vocational_cutoff_month: int
    working_age: int
    retired_age: int
    wage_most_fen: int
    wage_least_fen: int
    wage_low_fen: int
    never_ended_year: int
    post_age_below: int
    post_kinds_below: int
    premium_cutoff_month: int
    measure_months: int
    development_months: int
    elimination_months: int
    elimination_since: int
    soon_months: int
    lack_least_persons: int
    lack_share_percent: int
    relocation_since: int
    destitute_from: int
    income_high_fen: int
    income_high_since: int
    income_low_fen: int
    wage_small_fen: int
    cultivated_most: int
    forest_most: int
    returned_most: int
    orchard_most: int
    pasture_most: int
    water_most: int
    road_most_km: int
    village_toilets_most: int
    village_road_most_km: int


FIGURE_KEYS = tuple(one.name for one in fields(Figures))


def figures_on(day: date, dated: Mapping[str, DatedFigure[int]]) -> Figures:
    """Return the figures in force on *day*; raises FigureNotInForceError rather than guess."""
    values: dict[str, Any] = {key: dated[key].on(day) for key in FIGURE_KEYS}
    return Figures(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The outside of one check. *risk_needs* gives per risk the categories one of which it needs."""

    day: date
    county: str
    """The first six digits of the county's area codes."""
    line_fen: int
    figures: Figures
    relation_sex: Mapping[str, str | None]
    """Every relation there is, with the only sex it may have."""
    risk_needs: Mapping[str, tuple[str, ...]]
    id_number_valid: Callable[[str], bool]

    @property
    def month(self) -> Month:
        return Month.of(self.day)

    def last_first_of(self, month: int) -> date:
        """Return the latest first day of *month* that is not after the day."""
        this_year = date(self.day.year, month, 1)
        return this_year if this_year <= self.day else date(self.day.year - 1, month, 1)


def month_of(yyyymm: int) -> Month:
    """Return the month a figure writes as YYYYMM."""
    return Month(yyyymm // 100, yyyymm % 100)
