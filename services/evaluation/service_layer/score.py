"""Scores on any day, as known on any day; the last ones asked for are kept and follow the journal."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from services.evaluation.domain.errors import KnownBeforeItHappenedError
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import LineId, Scoreboard, ScoreLine, Unit
from services.evaluation.domain.scoring import RunningScore, counted_facts
from services.evaluation.service_layer.known_facts import KnownFacts
from services.evaluation.service_layer.ports import Facts
from shared.kernel.clock import end_of

_KEPT = 4


@dataclass(slots=True)
class _Kept:
    """A score that was asked for, the number of facts it has seen, and its board."""

    running: RunningScore
    seen: int = 0
    board: Scoreboard | None = None


class Scores:
    """Scoreboards out of the journal: after a new event only what it changes is counted again."""

    def __init__(self, facts: Facts, rulebook: Rulebook, towns: Sequence[Unit]) -> None:
        self.rulebook = rulebook
        self.towns = tuple(towns)
        self._facts = KnownFacts(facts, counted_facts(rulebook))
        self._kept: OrderedDict[tuple[date, date], _Kept] = OrderedDict()
        self._lock = Lock()

    def board(self, as_of: date, known_at: date | None = None) -> Scoreboard:
        """Return the board of *as_of* as known at the end of *known_at* (without it: of *as_of* itself).

        Raises KnownBeforeItHappenedError, and BeforeFirstDayError from the rules.
        """
        known_at = known_at or as_of
        if known_at < as_of:
            raise KnownBeforeItHappenedError(known_at=known_at.isoformat(), as_of=as_of.isoformat())
        with self._lock:
            kept = self._kept.get((as_of, known_at))
            if kept is None:
                running = RunningScore(self.rulebook, self.towns, as_of=as_of, known_at=known_at)
                kept = self._kept[as_of, known_at] = _Kept(running)
            self._kept.move_to_end((as_of, known_at))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            try:
                return self._brought_up(kept, as_of, known_at)
            except BaseException:
                del self._kept[as_of, known_at]  # it may have taken in a part
                raise

    def line(self, line_id: str) -> tuple[Scoreboard, ScoreLine]:
        """Return the board and the line named e.g. ``610327109:I01-5@2022-12-31``.

        Raises UnknownScoreError, and UnknownUnitError.
        """
        named = LineId.parse(line_id)
        board = self.board(named.as_of, named.known_at)
        return board, board.unit(named.unit).line(named.indicator)

    def _brought_up(self, kept: _Kept, as_of: date, known_at: date) -> Scoreboard:
        """Return the board with every fact known by now; the same one when nothing concerns it."""
        known = self._facts.catch_up()
        learned = self._facts.learned(kept.seen, end_of(known_at))
        new = [fact for fact in learned if fact.occurred_on <= as_of]
        kept.seen = known
        if new or kept.board is None:
            kept.running.add(new)
            kept.board = kept.running.board()
        return kept.board
