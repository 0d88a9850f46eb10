from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.errors import ExpressionError
from services.evaluation.domain.rubric.expression_functions import as_date, as_number, as_text, as_truth


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("0.5", Fraction(1, 2)), ("2022-07-31", date(2022, 7, 31)), ("好", "好")],
)
def test_values_are_written_as_people_write_them(text, value):
    """Yes, no, numbers, days and words."""
    assert text == as_text(value)


def test_yes_counts_as_one():
    """A yes may be added up; a count may be a condition."""
    assert [1, 0] == [as_number(value=True), as_number(value=False)]
    assert as_truth(Fraction(2))
    assert not as_truth(Fraction(0))


@pytest.mark.parametrize("read", [as_number, as_date, as_truth], ids=lambda read: read.__name__)
def test_words_are_neither(read):
    """A word is no number, no day and no condition."""
    with pytest.raises(ExpressionError):
        read("好")
