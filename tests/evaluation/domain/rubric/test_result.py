import pytest

from services.evaluation.domain.rubric.result import RubricResult


def test_a_unit_that_was_not_scored():
    """Asking for a unit that is not in the result is a mistake, not an empty answer."""
    with pytest.raises(KeyError):
        RubricResult("r", ()).unit("甲")
