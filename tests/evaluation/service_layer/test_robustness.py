from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.robustness import Firmness
from services.evaluation.service_layer.robustness import firmness_document, firmness_of, rests_on_a_hair
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="board")
def _board(service, tell):
    tell(service, sealed(Year(4).events))
    return service.scores.board(DAY, TODAY)


def test_ranks_now_are_within_their_intervals(board, rulebook):
    """Every unit with a rank has an interval around it, and the document says the same."""
    found = firmness_of(board, rulebook)
    ranks = {score.unit.id: score.rank for score in board.units() if score.rank}
    assert ranks == {one.unit: one.rank for some in found.values() for one in some}
    assert all(one.best <= one.rank <= one.worst for some in found.values() for one in some)
    document = firmness_document(board, rulebook)
    assert [one.best for one in found["towns"]] == [one["best"] for one in document["towns"]]
    assert document["policy"]["rank_weight_shift"]["confirmed"] is False


@pytest.mark.parametrize(
    ("best", "margin", "hair"),
    [
        (1, "0.05", True),
        (2, "0.05", True),
        (2, "0", False),
        (1, "0", True),
        (1, "0.1", False),
        (1, None, False),
    ],
)
def test_what_rests_on_a_hair(board, rulebook, best, margin, hair):
    """Less than a tenth of a point away; not who shares a rank under every weight, nor who is alone."""
    one = Firmness("x", 2, best, 2, attained=True, margin=None if margin is None else Fraction(margin))
    assert hair is rests_on_a_hair(one, board, rulebook)
