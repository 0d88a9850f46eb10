"""What an expression may ask about other items, sections and units, and what it must wait for."""

from typing import NamedTuple

from services.evaluation.domain.rubric.values import Scalar

OF_VALUES = frozenset(
    {"value_of", "imported", "mean_value", "max_value", "min_value", "sum_of", "count_of", "rank_of"}
)
_SCORES = ("score_of", "rate_of", "mean_score", "max_score", "min_score", "sum_score", "rank_score")
OF_SCORES = frozenset(_SCORES)
OF_COHORT = (OF_VALUES | OF_SCORES) - {"value_of", "imported", "score_of", "rate_of"}
"""Functions over units: of the ranking group, or those chosen by filters (``group='专业'``)."""


class Reference(NamedTuple):
    """*function* of *target* (item or section id), of its *input*; *filtered*: of chosen units."""

    function: str
    target: str
    input: str
    filtered: bool

    @property
    def of_score(self) -> bool:
        """Whether the target must be scored first, not only measured."""
        return self.function in OF_SCORES


class Query(NamedTuple):
    """A reference being asked for: with the values of its filters."""

    function: str
    target: str
    input: str
    filters: tuple[tuple[str, Scalar], ...]
