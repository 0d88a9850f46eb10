from datetime import date

import pytest

from services.evaluation.domain.errors import UnknownScoreError, UnknownUnitError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoreboard import LineId
from services.evaluation.domain.scoring import score

DAY = date(2022, 12, 31)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("610327109:I01-5@2022-12-31", LineId("610327109", "I01-5", DAY, DAY)),
        ("县人社局:I12-1@2022-12-31/2023-02-01", LineId("县人社局", "I12-1", DAY, date(2023, 2, 1))),
    ],
)
def test_a_line_is_named_by_unit_indicator_and_days(text, line):
    """The name of a line holds all that is needed to compute it again."""
    assert line == LineId.parse(text)


@pytest.mark.parametrize("text", ["", "610327109", "610327109:I01-5", "a:b@2022", "a@2022-12-31"])
def test_what_names_no_line(text):
    """Anything else is refused, not guessed."""
    with pytest.raises(UnknownScoreError):
        LineId.parse(text)


def test_the_name_of_a_line_leads_back_to_it(rulebook, towns):
    """Every line's name, taken apart, finds that line."""
    board = score([], rulebook, towns, as_of=DAY, known_at=date(2023, 1, 5))
    for line in board.lines():
        named = LineId.parse(board.line_id(line))
        assert (DAY, date(2023, 1, 5)) == (named.as_of, named.known_at)
        assert line is board.unit(named.unit).line(named.indicator)


def test_unknown_unit(rulebook, towns):
    """A unit that is not assessed is refused."""
    board = score([], rulebook, towns, as_of=DAY, known_at=DAY)
    with pytest.raises(UnknownUnitError):
        board.unit("610327999")


def test_points_lost(rulebook, towns):
    """Points that could be had and were not are what a unit can still win back."""
    about = {"household_id": "h", "version": 1, "household_type": "100A03A01"}
    heard = [Fact("a", "monitoring.household_recorded", "h", "610327109", DAY, about)]
    board = score(heard, rulebook, towns, as_of=date(2023, 1, 1), known_at=date(2023, 1, 1))
    assert 1 == board.unit("610327109").line("I37-5").lost
