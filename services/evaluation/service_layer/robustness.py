"""How firm the ranks of a board are, as a page and the pack show it."""

from fractions import Fraction
from typing import Any

from services.evaluation.domain.board_document import exact, rounded
from services.evaluation.domain.line_weight import weighed
from services.evaluation.domain.robustness import Firmness, Standing, firmness
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard

SHIFT, MARGIN = "rank_weight_shift", "rank_margin"


def firmness_of(board: Scoreboard, rulebook: Rulebook) -> dict[str, list[Firmness]]:
    """Return how firm each rank of *board* is, towns and departments apart, by the policy."""
    shift = Fraction(rulebook.figures[SHIFT].on(board.as_of))
    found = {}
    for group, scores in (("towns", board.towns), ("departments", board.departments)):
        parts = [(score.unit.id, weighed(score, rulebook, board.as_of)) for score in scores if score.rank]
        standings = [Standing(unit, one.total, one.losses) for unit, one in parts if one is not None]
        found[group] = firmness(standings, shift)
    return found


def rests_on_a_hair(one: Firmness, board: Scoreboard, rulebook: Rulebook) -> bool:
    """Say whether the nearest unit is less than the policy's margin away.

    Units that have the same total whatever the weights share their rank, and nothing rests on a hair.
    """
    if one.margin is None or (one.firm and not one.margin):
        return False
    return one.margin < Fraction(rulebook.figures[MARGIN].on(board.as_of))


def firmness_document(board: Scoreboard, rulebook: Rulebook) -> dict[str, Any]:
    """Return the same as plain data, with the policy it was judged by."""
    policy = {key: rulebook.figures[key].entry_on(board.as_of) for key in (SHIFT, MARGIN)}
    return {
        "as_of": board.as_of.isoformat(),
        "known_at": board.known_at.isoformat(),
        "policy": {
            key: {"value": str(one.value), "source": one.source, "confirmed": one.confirmed}
            for key, one in policy.items()
        },
        **{
            group: [
                {
                    "unit": one.unit,
                    "rank": one.rank,
                    "best": one.best,
                    "worst": one.worst,
                    "attained": one.attained,
                    "margin": rounded(one.margin),
                    "margin_exact": exact(one.margin),
                    "on_a_hair": rests_on_a_hair(one, board, rulebook),
                }
                for one in some
            ]
            for group, some in firmness_of(board, rulebook).items()
        },
    }
