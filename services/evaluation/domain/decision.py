"""Which lines of a board some events decided, without looking at the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.evaluation.domain.counting import Counted
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine


@dataclass(frozen=True, slots=True)
class Decision:
    """One line that is what it is by *events*: *share* is what they say of one subject of it."""

    line: ScoreLine
    share: Counted
    events: tuple[str, ...]


def decisions(board: Scoreboard, facts: Sequence[Fact]) -> Iterator[Decision]:
    """Yield every share of every line of *board* that one of *facts* is evidence of, line by line."""
    wanted = {fact.event_id for fact in facts}
    asked: dict[int, Mapping[str, Sequence[Counted]]] = {}
    for line in board.lines():
        for share in line.source.deciding(facts, asked):
            mine = tuple(event for event in share.evidence if event in wanted)
            if mine:
                yield Decision(line, share, mine)
