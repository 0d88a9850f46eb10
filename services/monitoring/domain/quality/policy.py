"""The policy of data quality: the catalogue, its dated figures, how long an error may stay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.quality.catalogue import Catalogue
from services.monitoring.domain.quality.given import Given, figures_on
from services.monitoring.domain.quality.rule import Rule
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True)
class QualityPolicy:
    """What the rules are run with: *due_days* by severity, *figures* by key, *risk_needs* by risk."""

    catalogue: Catalogue
    figures: Mapping[str, DatedFigure[int]]
    due_days: Mapping[int, DatedFigure[int]]
    sample_percent: DatedFigure[int]
    always_fires_percent: DatedFigure[int]
    cleaning_day: DatedFigure[int]
    gate_days: DatedFigure[int]
    line: DatedFigure[int]
    risk_needs: Mapping[str, DatedFigure[tuple[str, ...]]]
    relation_sex: Mapping[str, str | None]
    id_number_valid: Callable[[str], bool]
    county: str

    def given(self, day: date) -> Given:
        """Return what the rules are given on *day*."""
        return Given(
            day=day,
            county=self.county,
            line_fen=self.line.on(day),
            figures=figures_on(day, self.figures),
            relation_sex=self.relation_sex,
            risk_needs={risk: figure.on(day) for risk, figure in self.risk_needs.items()},
            id_number_valid=self.id_number_valid,
        )

    def in_force_on(self, day: date) -> bool:
        """Say whether every figure has a value on *day*; before that the rules do not run."""
        dated = (self.line, *self.figures.values(), *self.due_days.values(), *self.risk_needs.values())
        return all(figure.in_force_on(day) for figure in dated)

    def due(self, severity: int, found_on: date) -> tuple[date, bool]:
        """Return the day by which an error of *severity* must be answered, and whether that is confirmed."""
        limit = self.due_days[severity].entry_on(found_on)
        return add_days(found_on, limit.value), limit.confirmed

    def unconfirmed(self, rule: Rule, day: date) -> tuple[str, ...]:
        """Return what about *rule* nobody has confirmed, as the sources say it; nothing when all is."""
        doubtful = [] if rule.confirmed else [rule.source]
        for key in rule.figures:
            figure = self._figure(key)
            if figure.in_force_on(day) and not figure.entry_on(day).confirmed:
                doubtful.append(figure.entry_on(day).source)
        return tuple(doubtful)

    def _figure(self, key: str) -> DatedFigure[int] | DatedFigure[tuple[str, ...]]:
        if key == self.line.key:
            return self.line
        return self.risk_needs[key] if key in self.risk_needs else self.figures[key]
