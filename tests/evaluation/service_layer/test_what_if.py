from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.errors import UnknownIndicatorError
from services.evaluation.domain.method import AllOrNothing
from services.evaluation.service_layer.canonical import digest_of
from services.evaluation.service_layer.what_if import (
    CannotSupposeError,
    FigureOf,
    MarkOf,
    MethodOf,
    NumberOf,
    PointsOf,
    With,
    Without,
    what_if,
)
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="told")
def _told(service, tell):
    tell(service, sealed(Year(4).events))
    return service


def supposed(service, *suppositions):
    return what_if(suppositions, service.scores, DAY, TODAY)


def lossy(board):
    """Return a town's line that lost points and rests on events."""
    line = board.unit("610327100").line("I01-4")
    assert line.lost > 0
    assert line.evidence
    return line


def test_nothing_supposed_changes_nothing(told):
    """Without a supposition the two boards are one."""
    found = supposed(told)
    assert [] == found.difference["units"]


def test_nothing_is_written_or_kept(told):
    """After every kind of supposition the journal and the real board are what they were."""
    before = told.scores.board(DAY, TODAY)
    digest, size = digest_of(assessed_document(before, told.rulebook)), told.facts.size()
    event = lossy(before).evidence[0]
    supposed(told, PointsOf("I01-4", Decimal(50)), Without(event), FigureOf("helper_days", "99"))
    after = told.scores.board(DAY, TODAY)
    assert (digest, size) == (digest_of(assessed_document(after, told.rulebook)), told.facts.size())


def test_other_points_move_the_totals_by_what_is_explained(told):
    """The effects of lines and parts of each unit add up to the exact change of its total."""
    found = supposed(told, PointsOf("I01-4", Decimal(30)))
    assert found.difference["units"]
    for unit in found.difference["units"]:
        effects = sum((Fraction(one["effect"]) for one in (*unit["lines"], *unit["parts"])), Fraction(0))
        now, then = (board.unit(unit["unit"]).exact for board in (found.after, found.before))
        change = (now or 0) - (then or 0)
        assert change == effects
        assert {"I01-4"} == {line["indicator"] for line in unit["lines"]}
        assert all(line["rule_changed"] for line in unit["lines"])


def test_adding_up_again_is_the_same_as_counting_again(told):
    """Other points by the quick way give the board that counting from the beginning gives."""
    quick = supposed(told, PointsOf("I01-4", Decimal(30))).after
    event = lossy(told.scores.board(DAY, TODAY)).evidence[0]
    fact = next(one for one in told.scores.known(TODAY) if one.event_id == event)
    slow = supposed(told, PointsOf("I01-4", Decimal(30)), Without(event), With(fact)).after
    assert [(one.unit, one.exact, one.rank) for one in quick.units()] == [
        (one.unit, one.exact, one.rank) for one in slow.units()
    ]


def test_another_number_and_another_method(told):
    """A softer step costs less, all or nothing costs everything."""
    line = lossy(told.scores.board(DAY, TODAY))
    softer = supposed(told, NumberOf("I01-4", "deduct", Decimal("0.0001"))).after
    assert line.points < softer.unit(line.unit.id).line("I01-4").points
    harder = supposed(told, MethodOf("I01-4", AllOrNothing(">=", Decimal(100)))).after
    assert 0 == harder.unit(line.unit.id).line("I01-4").points


def test_an_event_that_had_not_been(told):
    """Without an event the line rests on, its figures are others, and the event is named as the cause."""
    line = lossy(told.scores.board(DAY, TODAY))
    event = line.evidence[0]
    found = supposed(told, Without(event))
    unit = next(one for one in found.difference["units"] if one["unit"] == line.unit.id)
    changed = next(one for one in unit["lines"] if one["indicator"] == "I01-4")
    assert event in changed["events_gone"]["first"]


def test_another_figure(told):
    """A limit that nobody can miss leaves no helper late."""
    found = supposed(told, FigureOf("helper_days", "3650"))
    late = [
        line
        for score in found.after.towns
        for line in score.lines
        if line.indicator.id == "I01-4" and line.status == "scored"
    ]
    assert late
    assert found.difference["units"]


def test_another_mark(told):
    """A mark supposed counts instead of none."""
    found = supposed(told, MarkOf("610327109", "review", Decimal(5)))
    assert dict(found.after.unit("610327109").marks) == {"review": Fraction(5)}


@pytest.mark.parametrize(
    "wrong",
    [
        PointsOf("I01-4", Decimal(-1)),
        NumberOf("I01-4", "colour", Decimal(1)),
        FigureOf("no_such_figure", "1"),
        FigureOf("helper_days", "soon"),
        FigureOf("screening_rounds", "1"),
        Without("no such event"),
    ],
)
def test_what_the_rules_have_no_place_for(told, wrong):
    """Suppositions that mean nothing are refused with the part that cannot be."""
    with pytest.raises(CannotSupposeError):
        supposed(told, wrong)


def test_an_indicator_nobody_knows(told):
    """An indicator that is not in the rules is named as such."""
    with pytest.raises(UnknownIndicatorError):
        supposed(told, PointsOf("I99-9", Decimal(1)))
