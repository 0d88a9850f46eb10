from dataclasses import replace
from datetime import date

import pytest

from services.evaluation.domain.decision import decisions
from services.evaluation.domain.scoring import score
from tests.evaluation.facts import year_of

DAY = date(2022, 12, 31)


@pytest.mark.parametrize("seed", [0, 3, 7])
def test_the_lines_of_some_events(rulebook, towns, seed):
    """What is asked for a few events is what looking at the evidence of every line finds."""
    facts = year_of(seed)
    board = score(facts, replace(rulebook, schemes={}), towns, as_of=DAY, known_at=DAY)
    some = facts[:: max(1, len(facts) // 40)]
    mine = {fact.event_id for fact in some}
    expected = {
        (board.line_id(line), share.subject, event)
        for line in board.lines()
        for share in line.counted
        for event in mine.intersection(share.evidence)
    }
    found = {
        (board.line_id(one.line), one.share.subject, event)
        for one in decisions(board, some)
        for event in one.events
    }
    assert expected
    assert expected == found
