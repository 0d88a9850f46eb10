"""Scores on any day, as known on any day; the last ones asked for are kept and follow the journal."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from services.evaluation.domain.errors import KnownBeforeItHappenedError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import LineId, Scoreboard, ScoreLine, Unit
from services.evaluation.domain.scoring import RunningScore, counted_facts
from services.evaluation.service_layer.known_facts import KnownFacts
from services.evaluation.service_layer.ports import Facts
from shared.kernel.clock import day_of, end_of, system_clock
from shared.kernel.garbage import collector_paused, keep_from_collector

_KEPT = 4
_MANY = 50_000
"""Facts after which the collector is told to leave alone what is there."""


@dataclass(slots=True)
class _Kept:
    """A score that was asked for, how many facts it has seen, which it had to leave out, and its board."""

    running: RunningScore
    seen: int = 0
    left_out: list[tuple[datetime, Fact]] = field(default_factory=list)
    board: Scoreboard | None = None

    def take(self, facts: Iterable[tuple[datetime, Fact]], as_of: date, before: datetime) -> bool:
        """Take in what had happened by *as_of* and was recorded *before*; say whether there was any."""
        new: list[Fact] = []
        for at, fact in facts:
            if at < before and fact.occurred_on <= as_of:
                new.append(fact)
            else:
                self.left_out.append((at, fact))
        self.running.add(new)
        return bool(new)


class Scores:
    """Scoreboards out of the journal: after a new event only what it changes is counted again."""

    def __init__(self, facts: Facts, rulebook: Rulebook, towns: Sequence[Unit]) -> None:
        self.rulebook = rulebook
        self.towns = tuple(towns)
        self._facts = KnownFacts(facts, counted_facts(rulebook))
        self._kept: OrderedDict[tuple[date, date], _Kept] = OrderedDict()
        self._lock = Lock()
        self._looked_at: datetime | None = None

    def age(self) -> float | None:
        """Return the seconds, by the machine's clock, since a board was last brought up to the journal."""
        looked_at = self._looked_at
        return None if looked_at is None else (system_clock() - looked_at).total_seconds()

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
                kept = self._kept[as_of, known_at] = self._begun(as_of, known_at)
            self._kept.move_to_end((as_of, known_at))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            try:
                return self._brought_up(kept, as_of, known_at)
            except BaseException:
                del self._kept[as_of, known_at]  # it may have taken in a part
                raise

    def board_at(self, as_of: date, instant: datetime) -> Scoreboard:
        """Return the board of *as_of* as known at that very *instant*, counted from the beginning.

        For what was frozen in the middle of a day: on that day more may have become known.
        """
        with self._lock:
            self._facts.catch_up()
            running = RunningScore(self.rulebook, self.towns, as_of=as_of, known_at=day_of(instant))
            running.add(fact for at, fact in self._facts.learned(0) if at <= instant)
            return running.board()

    def series(self, days: Iterable[date], known_at: date) -> Iterator[Scoreboard]:
        """Yield the board of each of *days* (in their order, rising), all as known at the end of *known_at*.

        Each goes on from the one before. What is kept for pages is neither used nor pushed out.
        """
        before = end_of(known_at)
        with self._lock:
            self._facts.catch_up()
            learned = self._facts.learned(0)
        known = sorted((fact for at, fact in learned if at < before), key=lambda fact: fact.occurred_on)
        running, taken = None, 0
        for day in days:
            moved = running.moved_to(day, known_at) if running is not None else None
            if moved is None:
                moved, taken = RunningScore(self.rulebook, self.towns, as_of=day, known_at=known_at), 0
            running, first = moved, taken
            while taken < len(known) and known[taken].occurred_on <= day:
                taken += 1
            running.add(known[first:taken])
            yield running.board()

    def board_under(self, rulebook: Rulebook, as_of: date, known_at: date | None = None) -> Scoreboard:
        """Return the board by other points or methods: nothing is counted again, and nothing kept of it."""
        self.board(as_of, known_at)
        with self._lock:
            kept = self._kept.get((as_of, known_at or as_of))
            if kept is not None:
                return kept.running.under(rulebook).board()
        return self.board_of(self.known(known_at or as_of), rulebook, as_of, known_at)  # others pushed it out

    def board_of(
        self, facts: Iterable[Fact], rulebook: Rulebook, as_of: date, known_at: date | None = None
    ) -> Scoreboard:
        """Return the board of *facts* alone, counted from the beginning; nothing is kept of it."""
        running = RunningScore(rulebook, self.towns, as_of=as_of, known_at=known_at or as_of)
        running.add(facts)
        return running.board()

    def known(self, known_at: date) -> list[Fact]:
        """Return every fact a score could rest on that was known at the end of *known_at*."""
        before = end_of(known_at)
        with self._lock:
            self._facts.catch_up()
            return [fact for at, fact in self._facts.learned(0) if at < before]

    def line(self, line_id: str) -> tuple[Scoreboard, ScoreLine]:
        """Return the board and the line named e.g. ``610327109:I01-5@2022-12-31``.

        Raises UnknownScoreError, and UnknownUnitError.
        """
        named = LineId.parse(line_id)
        board = self.board(named.as_of, named.known_at)
        return board, board.unit(named.unit).line(named.indicator)

    def _begun(self, as_of: date, known_at: date) -> _Kept:
        """Return the score of the nearest earlier day moved on, else one that has seen nothing."""
        before = end_of(known_at)
        for days in sorted(self._kept, reverse=True):
            earlier = self._kept[days]
            if days[0] > as_of or days[1] > known_at:
                continue
            with collector_paused():
                running = earlier.running.moved_to(as_of, known_at)
                if running is not None:
                    kept = _Kept(running, earlier.seen)
                    kept.take(earlier.left_out, as_of, before)
                    return kept
        return _Kept(RunningScore(self.rulebook, self.towns, as_of=as_of, known_at=known_at))

    def _brought_up(self, kept: _Kept, as_of: date, known_at: date) -> Scoreboard:
        """Return the board with every fact known by now; the same one when nothing concerns it."""
        with collector_paused():
            known = self._facts.catch_up()
            learned = self._facts.learned(kept.seen)
            kept.seen = known
            new = kept.take(learned, as_of, end_of(known_at))
            if len(learned) > _MANY:
                keep_from_collector()
        if new or kept.board is None:
            kept.board = kept.running.board()
        self._looked_at = system_clock()
        return kept.board
