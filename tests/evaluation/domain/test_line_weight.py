from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.line_weight import weighed
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="board")
def _board(service, tell):
    tell(service, sealed(Year(4).events))
    return service.scores.board(DAY, TODAY)


def test_the_total_is_a_straight_line_in_the_points(board, rulebook):
    """What is lost everywhere, added to the total, is the total of a unit that lost nothing."""
    for score in board.towns:
        parts = weighed(score, rulebook, DAY)
        if parts is None:
            continue
        lines = [
            replace(one, points=one.max_points) if one.status == "scored" and one.indicator.in_base else one
            for one in score.lines
        ]
        owed = sum((parts.losses[one.indicator.id] for one in score.lines if one.owed), Fraction(0))
        best = replace(score, lines=tuple(lines))
        full = weighed(best, rulebook, DAY)
        assert full
        assert parts.total + sum(parts.losses.values()) - owed == full.total
