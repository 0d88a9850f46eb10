"""Where units stand: ranked within their group (C11, C13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.evaluation.domain.rubric.model import Ranking
from services.evaluation.domain.rubric.number import shown
from services.evaluation.domain.rubric.place import places
from services.evaluation.domain.rubric.result import VetoFound
from services.evaluation.domain.rubric.total import Total


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit before it is graded. *rank* None: it is not ranked; *effects*: of vetoes that apply."""

    unit: str
    group: str
    total: Total
    shown: Decimal | None
    vetoes: tuple[VetoFound, ...]
    effects: frozenset[str]
    barred: frozenset[str]
    rank: Fraction | None = None

    def ranked(self, ranking: Ranking) -> bool:
        """Return whether the unit takes part in the ranking."""
        incomplete = bool(self.total.missing) and ranking.incomplete == "unranked"
        return self.shown is not None and not incomplete and "bar_ranking" not in self.effects


def shown_total(total: Total, decimals: int) -> Decimal | None:
    """Return the total as published; the only place where a total is rounded."""
    return None if total.points is None else shown(total.points, decimals)


def ranks(standings: Mapping[str, Standing], ranking: Ranking) -> dict[str, Fraction]:
    """Return the rank of each unit that is ranked, within its group."""
    groups: dict[str, dict[str, Fraction]] = {}
    for unit, standing in standings.items():
        if standing.ranked(ranking) and standing.total.points is not None and standing.shown is not None:
            exact = ranking.by == "exact"
            number = standing.total.points if exact else Fraction(standing.shown)
            groups.setdefault(standing.group, {})[unit] = number
    found: dict[str, Fraction] = {}
    for numbers in groups.values():
        found |= places(numbers, order=ranking.order, ties=ranking.ties)
    return found
