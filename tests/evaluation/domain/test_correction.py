from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from services.evaluation.domain.assessment_errors import WrongCorrectionError
from services.evaluation.domain.correction import Correction, Corrections
from services.evaluation.domain.counting import EVERY_UNIT
from services.evaluation.domain.fact import CORRECTED, Fact
from services.evaluation.domain.scoring import RunningScore, score
from tests.evaluation.facts import year_of
from tests.evaluation.samples import TODAY

DAY = date(2022, 12, 31)
TOWN = "610327109"


def correction(number, kind, indicator="I01-1", unit=TOWN, **more):
    data = {
        "correction_id": f"c{number}",
        "kind": kind,
        "unit": unit,
        "indicator": indicator,
        "ruled_on": f"2023-01-{number:02d}",
        "numerator": "0",
        "denominator": "0",
        **more,
    }
    return Fact(f"zz-{number}", CORRECTED, "", unit, DAY, data)


def discount(fact, number=1):
    return correction(number, "event_discounted", discounted_event=fact.event_id, discounted_fact=fact.name)


@pytest.fixture(name="facts", scope="module")
def _facts():
    return list(year_of(5))


@pytest.fixture(name="scored")
def _scored(rulebook, towns):
    return lambda facts: score(facts, rulebook, towns, as_of=DAY, known_at=TODAY)


@pytest.fixture(name="counted")
def _counted(rulebook, towns):
    """Score without the scheme of totals, which costs as much as all lines."""
    rules = replace(rulebook, schemes={})
    return lambda facts: score(facts, rules, towns, as_of=DAY, known_at=TODAY)


def figures(board):
    return {
        (line.unit.id, line.indicator.id): (line.status, line.numerator, line.denominator, line.points)
        for line in board.lines()
    }


def listed_somewhere(board, facts):
    named = {event for line in board.lines() for event in line.evidence}
    return [fact for fact in facts if fact.event_id in named]


def test_a_discounted_event_counts_nowhere(facts, counted):
    """With the ruling every figure of every unit is what it would be without the event."""
    chance = Random(7)
    for fact in chance.sample(listed_somewhere(counted(facts), facts), 12):
        without = [one for one in facts if one is not fact]
        assert figures(counted(without)) == figures(counted([*facts, discount(fact)]))


def test_the_ruling_is_the_evidence_of_what_it_changed(facts, counted):
    """Lines that change cite the correction; those that do not change never do."""
    chance = Random(11)
    before = counted(facts)
    for fact in chance.sample(listed_somewhere(before, facts), 8):
        after = counted([*facts, discount(fact)])
        was, now = figures(before), figures(after)
        for line in after.lines():
            key = (line.unit.id, line.indicator.id)
            assert (was[key] != now[key]) == ("zz-1" in line.evidence), key


def test_order_and_portions_do_not_matter(facts, rulebook, towns, scored):
    """A correction that comes before its event, or long after, gives the same board."""
    fact = listed_somewhere(scored(facts), facts)[0]
    ruled = discount(fact)
    late = RunningScore(rulebook, towns, as_of=DAY, known_at=TODAY)
    late.add(facts)
    late.board()
    late.add([ruled])
    early = RunningScore(rulebook, towns, as_of=DAY, known_at=TODAY)
    early.add([ruled])
    early.add(facts)
    assert late.board() == early.board() == scored([*facts, ruled])


def test_a_day_before_is_not_corrected(facts, rulebook, towns):
    """A ruling that is true from a day on leaves the score of an earlier day as it was."""
    early = date(2022, 11, 30)
    plain = score(facts, rulebook, towns, as_of=early, known_at=TODAY)
    ruled = [*facts, correction(1, "value_replaced", numerator="1", denominator="2")]
    assert plain == score(ruled, rulebook, towns, as_of=early, known_at=TODAY)


def test_a_score_moved_to_a_later_day_keeps_its_corrections(facts, rulebook, towns):
    """Going on from an earlier day gives what scoring the later one gives; the earlier stays as it was."""
    fact = discount(facts[0])
    early = RunningScore(rulebook, towns, as_of=date(2022, 12, 30), known_at=TODAY)
    first = fact._replace(occurred_on=date(2022, 1, 2))
    early.add([first, *facts])
    before = early.board()
    later = early.moved_to(DAY, TODAY)
    assert later is not None
    added = correction(2, "value_replaced", numerator="1", denominator="2")
    later.add([added, *(one for one in facts if one.occurred_on == DAY)])
    assert score([first, added, *facts], rulebook, towns, as_of=DAY, known_at=TODAY) == later.board()
    assert before == early.board()


def test_a_case_is_added_to_the_line_and_to_the_county(facts, scored):
    """One more met of one more: in the town's line and in every department's that adds the towns up."""
    before, after = (
        scored(facts),
        scored([*facts, correction(1, "case_counted", numerator="1", denominator="1")]),
    )
    for unit in (TOWN, "县乡村振兴局"):
        was, now = before.unit(unit).line("I01-1"), after.unit(unit).line("I01-1")
        assert (was.numerator + 1, was.denominator + 1) == (now.numerator, now.denominator)
        assert "zz-1" in now.evidence
    other = "610327112"
    assert before.unit(other).line("I01-1") == after.unit(other).line("I01-1")


def test_a_checked_value_takes_the_place_of_all(facts, scored):
    """Replaced, the line rests on the ruling alone; a later ruling takes the place of an earlier one."""
    first = correction(1, "value_replaced", numerator="1", denominator="4")
    board = scored([*facts, first])
    line = board.unit(TOWN).line("I01-1")
    assert (Fraction(25), ("zz-1",)) == (line.value, line.evidence)
    second = correction(2, "value_replaced", numerator="3", denominator="4")
    line = scored([*facts, second, first]).unit(TOWN).line("I01-1")
    assert (Fraction(75), ("zz-2",)) == (line.value, line.evidence)


def test_cases_after_a_replacement_are_added_to_it():
    """What is ruled later is added; what was ruled before the replacement is gone."""
    rulings = Corrections()
    rulings.add(
        [
            correction(1, "case_counted", numerator="9", denominator="9"),
            correction(2, "value_replaced", numerator="1", denominator="4"),
            correction(3, "case_counted", numerator="1", denominator="1"),
        ]
    )
    counted, ruled = rulings.units_counted(TOWN, "I01-1", (TOWN,))
    assert ((), ["zz-2", "zz-3"]) == (counted, [one.evidence[0] for one in ruled])
    counted, ruled = rulings.units_counted("县水利局", "I01-1", ("610327101", TOWN))
    assert (("610327101", EVERY_UNIT), 2) == (counted, len(ruled))


def test_a_copy_is_its_own():
    """What is added to a copy is not added to the original."""
    rulings = Corrections()
    rulings.copied().add([correction(1, "case_counted", numerator="1")])
    assert ((TOWN, EVERY_UNIT), ()) == rulings.units_counted(TOWN, "I01-1", (TOWN,))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("event_discounted", {}),
        ("event_discounted", {"event_id": "e1"}),
        ("case_counted", {}),
        ("value_replaced", {"numerator": "many"}),
        ("value_replaced", {"numerator": "1", "denominator": "-2"}),
    ],
)
def test_a_correction_says_what_it_must(kind, more):
    """An event with its kind, or plain numbers that are not both nought."""
    with pytest.raises(WrongCorrectionError):
        Correction("c1", kind, DAY, **more)
