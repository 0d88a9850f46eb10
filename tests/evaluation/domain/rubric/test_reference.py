import pytest

from services.evaluation.domain.rubric.reference import OF_SCORES, OF_VALUES, Reference


@pytest.mark.parametrize("function", sorted(OF_SCORES | OF_VALUES))
def test_values_come_before_scores(function):
    """What asks for a score waits for the score, all others for the value alone."""
    assert (function in OF_SCORES) == Reference(function, "1", "", filtered=False).of_score
