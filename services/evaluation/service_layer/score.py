"""Scores on any day, as known on any day; the last ones asked for are kept while the journal stands still."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from services.evaluation.domain.errors import KnownBeforeItHappenedError
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import LineId, Scoreboard, ScoreLine, Unit
from services.evaluation.domain.scoring import counted_facts, score
from services.evaluation.service_layer.ports import Facts

_KEPT = 4


class Scores:
    """Scoreboards out of the journal."""

    def __init__(self, facts: Facts, rulebook: Rulebook, towns: Sequence[Unit]) -> None:
        self.rulebook = rulebook
        self.towns = tuple(towns)
        self._facts = facts
        self._names = counted_facts(rulebook)
        self._kept: OrderedDict[tuple[date, date], tuple[int, Scoreboard]] = OrderedDict()
        self._lock = Lock()

    def board(self, as_of: date, known_at: date | None = None) -> Scoreboard:
        """Return the board of *as_of* as known at the end of *known_at* (without it: of *as_of* itself).

        Raises KnownBeforeItHappenedError, and BeforeFirstDayError from the rules.
        """
        known_at = known_at or as_of
        if known_at < as_of:
            raise KnownBeforeItHappenedError(known_at=known_at.isoformat(), as_of=as_of.isoformat())
        with self._lock:
            size = self._facts.size()
            kept = self._kept.get((as_of, known_at))
            if kept is not None and kept[0] == size:
                self._kept.move_to_end((as_of, known_at))
                return kept[1]
            board = self._fresh(as_of, known_at)
            self._kept[as_of, known_at] = (size, board)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return board

    def line(self, line_id: str) -> tuple[Scoreboard, ScoreLine]:
        """Return the board and the line named e.g. ``610327109:I01-5@2022-12-31``.

        Raises UnknownScoreError, and UnknownUnitError.
        """
        named = LineId.parse(line_id)
        board = self.board(named.as_of, named.known_at)
        return board, board.unit(named.unit).line(named.indicator)

    def _fresh(self, as_of: date, known_at: date) -> Scoreboard:
        known = self._facts.known(self._names, as_of=as_of, known_at=known_at)
        return score(known, self.rulebook, self.towns, as_of=as_of, known_at=known_at)
