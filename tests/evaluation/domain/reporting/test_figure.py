from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.reporting.errors import WrongFigureError
from services.evaluation.domain.reporting.figure import difference, figure_from, figure_of

NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2)


@given(parts=st.tuples(NUMBERS, NUMBERS))
def test_a_share_is_read_back_as_it_was(parts):
    """What is kept of a figure gives the figure again."""
    above, below = sorted(parts)
    if below:
        figure = figure_of("rate", numerator=above, denominator=below)
        assert figure == figure_from(figure.document())


@pytest.mark.parametrize(
    "figure",
    [
        figure_of("ratio", numerator="12.5", denominator="10"),
        figure_of("count", numerator=3),
        figure_of("yes_no", yes=False),
        figure_of("done_on", done_on=date(2022, 6, 20)),
        figure_of("done_on"),
        figure_of("levels", levels=(0, 1, 2)),
    ],
    ids=lambda figure: figure.shape,
)
def test_every_shape_is_read_back(figure):
    """What is kept of a figure gives the figure again, whatever its shape."""
    assert figure == figure_from(figure.document())


@pytest.mark.parametrize(
    ("shape", "given_parts"),
    [
        ("rate", {"numerator": 2, "denominator": 1}),
        ("rate", {"numerator": 1}),
        ("rate", {"numerator": 1, "denominator": 0}),
        ("ratio", {"numerator": 1, "denominator": 0}),
        ("count", {}),
        ("count", {"numerator": -1}),
        ("count", {"numerator": "NaN"}),
        ("count", {"numerator": "Infinity"}),
        ("count", {"numerator": "many"}),
        ("count", {"numerator": "1e20"}),
        ("count", {"numerator": "0.00001"}),
        ("yes_no", {}),
        ("levels", {"levels": (1, 2)}),
        ("levels", {"levels": (1, 2, -3)}),
    ],
)
def test_what_is_no_figure_is_refused(shape, given_parts):
    """Nothing is guessed: a figure that cannot be is refused in words."""
    with pytest.raises(WrongFigureError) as refused:
        figure_of(shape, **given_parts)
    assert refused.value.text("zh")


def test_nothing_of_nothing_is_a_figure():
    """A unit without any case reports 0 of 0; that is not the same as no report."""
    assert Decimal(0) == figure_of("rate", numerator=0, denominator=0).denominator


@pytest.mark.parametrize(
    ("reported", "found", "off_by"),
    [
        (
            figure_of("rate", numerator=48, denominator=50),
            figure_of("rate", numerator=40, denominator=50),
            "1/5",
        ),
        (figure_of("count", numerator=9), figure_of("count", numerator=10), "1/10"),
        (figure_of("count", numerator=9), figure_of("count", numerator=0), "1"),
        (figure_of("count", numerator=9), None, "1"),
        (figure_of("yes_no", yes=True), figure_of("yes_no", yes=False), "1"),
        (figure_of("yes_no", yes=True), figure_of("yes_no", yes=True), "0"),
        (figure_of("done_on", done_on=date(2022, 6, 1)), figure_of("done_on", done_on=date(2022, 6, 2)), "1"),
        (figure_of("levels", levels=(1, 0, 0)), figure_of("levels", levels=(0, 0, 1)), "1"),
        (figure_of("rate", numerator=1, denominator=2), figure_of("rate", numerator=2, denominator=4), "0"),
    ],
)
def test_difference(reported, found, off_by):
    """Off by so much of what was found; where nothing was found, by all of it."""
    assert Fraction(off_by) == difference(reported, found)
