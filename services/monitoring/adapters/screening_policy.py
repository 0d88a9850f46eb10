"""The policy files of screening, samples and methods into what the domain asks for."""

from dataclasses import fields
from datetime import date
from pathlib import Path

from services.monitoring.domain.method import MethodText
from services.monitoring.domain.sample.draw import Quota, Stratum
from services.monitoring.domain.sample.inspection import SamplePolicy
from services.monitoring.domain.screening.focus import ScreeningPolicy
from shared.parameters.load import PolicyFile, load_figures


def load_screening_policy(directory: Path) -> ScreeningPolicy:
    """Return the dated figures of screening and of what follows."""
    figures = load_figures(directory / "screening.yaml")
    return ScreeningPolicy(**{one.name: figures.whole(one.name) for one in fields(ScreeningPolicy)})


class SamplePolicies:
    """The quotas in force on a day, and how long an elimination counts."""

    def __init__(self, directory: Path) -> None:
        figures = load_figures(directory / "sample.yaml")
        self._shares = {stratum: figures.decimal(stratum) for stratum in Stratum}
        self._least = figures.whole("monitored_least")
        self._months = figures.whole("eliminated_months")

    def on(self, day: date) -> SamplePolicy:
        entries = {stratum: figure.entry_on(day) for stratum, figure in self._shares.items()}
        least = self._least.entry_on(day)
        return SamplePolicy(
            quotas={
                str(stratum): Quota(entry.value, least.value if stratum is Stratum.MONITORED else 0)
                for stratum, entry in entries.items()
            },
            confirmed=least.confirmed and all(entry.confirmed for entry in entries.values()),
            source=entries[Stratum.MONITORED].source,
        )

    def eliminated_months(self, day: date) -> int:
        return self._months.on(day)


def load_methods(directory: Path) -> dict[str, MethodText]:
    """Return the check-lists as first proposed, by their key."""
    file = load_figures(directory / "methods.yaml")
    return {key: _method(file, key) for key in file.figures}


def _method(file: PolicyFile, key: str) -> MethodText:
    figure = file.many(key)
    entry = figure.entries[-1]
    return MethodText(figure.label.zh, figure.label.en, entry.value or (), entry.confirmed, entry.source)
