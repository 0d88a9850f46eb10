from datetime import date
from fractions import Fraction

from services.evaluation.domain.board_document import (
    assessed_document,
    board_document,
    exact,
    lines_document,
    rounded,
)
from services.evaluation.domain.scoring import score
from tests.evaluation.facts import fact_of
from tests.evaluation.samples import Year, sealed

DAY = date(2022, 12, 31)


def board(rulebook, towns):
    facts = [fact_of(envelope) for envelope in sealed(Year(3).events)]
    return score(facts, rulebook, towns, as_of=DAY, known_at=DAY)


def test_numbers_are_given_exact_and_as_published():
    """A third of a hundred is 100/3 and 33.33."""
    assert ("100/3", "33.33") == (exact(Fraction(100, 3)), rounded(Fraction(100, 3)))


def test_what_is_not_computed_is_listed_as_not_reported(rulebook, towns):
    """The 164 indicators are either computed or listed as not reported, none twice."""
    document = board_document(board(rulebook, towns), rulebook)
    assert 164 == len(document["computed"]) + len(document["not_reported"])
    assert not set(document["computed"]) & set(document["not_reported"])


def test_every_line_carries_what_made_it(rulebook, towns):
    """A line has its rule's hash, and a scored one its arithmetic."""
    for line in lines_document(board(rulebook, towns)):
        assert 64 == len(line["rule_sha256"])
        assert bool(line["working"]) == (line["status"] == "scored")


def test_total_is_what_the_lines_add_up_to(rulebook, towns):
    """From the exact points of the document alone a town's total can be worked out again."""
    document = assessed_document(board(rulebook, towns), rulebook)
    totals = [unit for unit in document["scoreboard"]["towns"] if unit["total"] is not None]
    assert totals
    for unit in totals:
        lines = [
            one for one in document["lines"] if one["unit"] == unit["unit"] and one["status"] == "scored"
        ]
        base = [one for one in lines if not (one["deduction"] or one["bonus"])]
        base += [
            one for one in document["lines"] if one["unit"] == unit["unit"] and one["status"] == "missing"
        ]
        won = sum(Fraction(one["points_exact"] or 0) for one in base)
        full = sum(Fraction(one["max_points"]) for one in base)
        lost = sum(Fraction(one["points_exact"]) for one in lines if one["deduction"])
        bonus = sum(Fraction(one["points_exact"]) for one in lines if one["bonus"])
        assert Fraction(unit["total_exact"]) == min(100 * won / full + lost + min(bonus, 5), 100)


def test_a_split_target_shows_the_number_reached(rulebook, towns):
    """People in work are shown as people beside the town's part of the 70,000; points go by the rate."""
    lines = {line["id"]: line for line in lines_document(board(rulebook, towns))}
    line = lines["610327109:I12-1@2022-12-31"]
    assert (line["numerator"], "人", ">= 70000") == (line["value_exact"], line["value_unit"], line["target"])
    assert rounded(Fraction(line["denominator"])) == line["unit_target"]
    assert line["working"].startswith(f"{line['numerator']} ÷ ")


def test_every_value_is_in_the_unit_it_names(rulebook, towns):
    """A percentage says %, a number of things the plan's unit: nothing is 72.97 people."""
    for line in board(rulebook, towns).lines():
        if line.value is None:
            continue
        if line.indicator.shown_unit == "%":
            assert 100 * line.numerator / line.denominator == line.shown_value
        elif line.indicator.kind == "median":
            assert line.indicator.unit == line.indicator.shown_unit
        else:
            assert (line.numerator, line.indicator.unit) == (line.shown_value, line.indicator.shown_unit)
