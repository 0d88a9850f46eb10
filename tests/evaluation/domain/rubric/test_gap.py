from services.evaluation.domain.rubric.gap import MissingValueError


def test_a_gap_says_where():
    """Whoever reads the result learns which cell is empty."""
    assert "1.3/台账" == MissingValueError("1.3/台账").where
