from datetime import date

from services.evaluation.domain.ledger.parts import Node, Plan

FIRST, SECOND = date(2022, 4, 1), date(2022, 5, 1)


def test_the_next_stage_is_the_earliest_not_reached():
    """Stages may be written in any order."""
    plan = Plan("m", "t", "s", (Node("二", SECOND), Node("一", FIRST)))
    assert FIRST == plan.next_due()
    assert SECOND == plan.reached(frozenset({1}), FIRST).next_due()
    assert plan.reached(frozenset({0, 1}), FIRST).next_due() is None


def test_a_stage_is_reached_once():
    """The day on which a stage was first reached stays."""
    plan = Plan("m", "t", "s", (Node("一", FIRST),)).reached(frozenset({0}), FIRST)
    assert plan == plan.reached(frozenset({0}), SECOND)
