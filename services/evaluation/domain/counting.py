"""What an indicator counts: facts about one subject, judged together, with the events that decided it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from services.evaluation.domain.fact import CORRECTED, Fact, in_order
from services.evaluation.domain.judged_day import JudgedDay
from shared.kernel.period import Days
from shared.parameters.figure import DatedFigure

Number = int | Fraction

EVERY_UNIT = "*"
"""The unit of what counts for all alike, such as the published assessment."""


class Share(NamedTuple):
    """One subject's part of an indicator: for which unit, how much of numerator and denominator."""

    unit: str
    numerator: Number
    denominator: Number


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the state of things on *as_of*, of a plan that counts from *since*.

    A figure that is not in force on *as_of* raises ``FigureNotInForceError``:
    the indicator that needs it is then not set, instead of guessed.
    """

    as_of: date
    since: date
    figures: Mapping[str, DatedFigure[Any]]
    _kept: dict[str, Any] = field(default_factory=dict, compare=False)

    def of(self, day: date) -> "Question":
        """Return the same question about *day*, with the figures of this one."""
        return Question(day, self.since, self.figures, self._kept)

    def over(self, due: date) -> bool:
        """Say whether the time for what was due on *due* is over: from the day after on.

        What is due on the last day of the plan's year is judged at the end of that day, because the
        year's assessment is of that day and there is no later one.
        """
        if (due.month, due.day) == (12, 31) and due.year == self.since.year:
            return self.as_of >= due
        return self.as_of > due

    def figure(self, key: str) -> Any:  # noqa: ANN401  (a policy figure is of whatever kind its file says)
        """Return the figure *key* as in force on the day asked about."""
        if key not in self._kept:
            self._kept[key] = self.figures[key].on(self.as_of)
        return self._kept[key]

    def spans(self, key: str) -> tuple[Days, ...]:
        """Return a figure that lists spans of days (``first``, ``last``)."""
        kept = f"spans {key}"
        if kept not in self._kept:
            self._kept[kept] = tuple(Days(span["first"], span["last"]) for span in self.figure(key))
        return tuple(self._kept[kept])


Subject = Callable[[Fact], str]
Alike = Callable[[Fact, Question], str]
Judge = Callable[[Sequence[Fact], Question], Share | None]


@dataclass(frozen=True, slots=True)
class Counting:
    """One way of counting. All facts of one *subject* are judged together, and no others.

    *judge* gets them by day and id and returns the subject's share, or None where
    it has none. It must depend on nothing but the facts and the question: then an
    event concerns one subject alone, and its removal changes no other's share.
    *standing* names a subject that is judged even when there is no fact about it.

    Two hints keep counting quick and change nothing: without a fact named in
    *anchors* a subject has no share, whatever else is known of it; and facts that
    are *alike* (the same text, not empty) say the same to the judge, so that of
    three one can be left out unseen. An empty text is a fact the judge ignores.
    *about* is the one indicator its facts must name (``data["indicator"]``): the others need not be shown.
    """

    name: str
    facts: tuple[str, ...]
    subject: Subject
    judge: Judge
    standing: str = ""
    anchors: frozenset[str] = frozenset()
    alike: Alike | None = None
    about: str = ""


class Counted(NamedTuple):
    """A subject's share in one unit, and the events that make it what it is."""

    subject: str
    household_id: str
    numerator: Number
    denominator: Number
    evidence: tuple[str, ...]


class Total(NamedTuple):
    """The shares of all subjects of a unit, added up; *cases* is how many have one, be it nothing."""

    numerator: Number
    denominator: Number
    cases: int = 0

    def and_(self, other: "Total") -> "Total":
        """Return both together."""
        return Total(
            self.numerator + other.numerator, self.denominator + other.denominator, self.cases + other.cases
        )


NOTHING = Total(0, 0)


class Found:
    """What one counting found in certain facts, with the events that decided each share.

    The work is done when the first unit is asked for: removing one event after the
    other costs a multiple of counting, and most boards are only looked at from above.
    """

    def __init__(
        self,
        counting: Counting,
        question: Question,
        facts: Mapping[str, Sequence[Fact]],
        corrected: frozenset[str] = frozenset(),
    ) -> None:
        self._counting = counting
        self._heeding = heeding(counting) if corrected else counting
        self._question = question
        self._facts = facts
        self._corrected = corrected
        self._by_unit: Mapping[str, Sequence[Counted]] | None = None

    def by_unit(self) -> Mapping[str, Sequence[Counted]]:
        """Return what was found, unit by unit, each by subject."""
        if self._by_unit is None:
            self._by_unit = self._of(self._facts)
        return self._by_unit

    def deciding(self, facts: Sequence[Fact]) -> Mapping[str, Sequence[Counted]]:
        """Return, as ``by_unit`` does, the shares of only those subjects that *facts* are about.

        What it costs depends on *facts* alone, not on how much was counted.
        """
        mine = {self._counting.subject(fact) for fact in facts if fact.name in self._counting.facts}
        rulings = {fact.event_id for fact in facts if fact.name == CORRECTED}
        for subject in self._corrected if rulings else ():
            if any(fact.event_id in rulings for fact in self._facts[subject]):
                mine.add(subject)
        return self._of(mine & self._facts.keys())

    def _of(self, subjects: Iterable[str]) -> Mapping[str, Sequence[Counted]]:
        found: dict[str, list[Counted]] = defaultdict(list)
        for subject in sorted(subjects):
            counting = self._heeding if subject in self._corrected else self._counting
            facts = _that_matter(self._facts[subject], counting, self._question)
            for unit, counted in _judged(subject, facts, counting, self._question):
                found[unit].append(counted)
        return found


class RunningTally:
    """What one counting finds in the facts given so far.

    A new fact concerns its own subject alone, so that one alone is judged again:
    whatever the order and the portions in which facts come, the tally is the same.
    Which events made a share is worked out only when somebody asks (``found``).
    """

    def __init__(self, counting: Counting, question: Question) -> None:
        self._counting = counting
        self._question = question
        self._facts: dict[str, tuple[Fact, ...]] = {}
        self._shares: dict[str, Share] = {}
        self._totals: dict[str, Total] = {}
        self._until: dict[str, date] = {}
        self._found: Found | None = None
        self._corrections: Mapping[str, Fact] = {}
        self._corrected: frozenset[str] = frozenset()
        self._day = JudgedDay.of(question.as_of)
        self._asked = question.of(self._day)
        if counting.standing:
            self._facts[counting.standing] = ()
            self._judge_again(counting.standing)

    def add(self, facts: Iterable[Fact]) -> None:
        """Take *facts* in, each given once and of a name the counting asks for."""
        touched: dict[str, list[Fact]] = defaultdict(list)
        subject_of, corrections = self._counting.subject, self._corrections
        for fact in facts:
            if subject := subject_of(fact):
                touched[subject].append(fact)
                if corrections and fact.event_id in corrections:
                    self._heed(subject, [corrections[fact.event_id]])
        kept = self._facts
        for subject, new in touched.items():
            if had := kept.get(subject):
                kept[subject] = tuple(in_order((*had, *new)))
            else:
                kept[subject] = (new[0],) if len(new) == 1 else tuple(in_order(new))
            self._judge_again(subject)

    def set_aside(self, corrections: Mapping[str, Fact]) -> None:
        """Let events no longer count: *corrections* has the fact that says so for the id of each."""
        new = {event: fact for event, fact in corrections.items() if event not in self._corrections}
        self._corrections = {**self._corrections, **new}
        for subject, facts in list(self._facts.items()):
            if found := [new[fact.event_id] for fact in facts if fact.event_id in new]:
                self._heed(subject, found)
                self._judge_again(subject)

    def _heed(self, subject: str, corrections: Sequence[Fact]) -> None:
        """Keep the correction beside the event: the one without the other is what its removal shows."""
        self._facts[subject] = tuple(in_order((*self._facts.get(subject, ()), *corrections)))
        self._corrected |= {subject}

    def moved_to(self, question: Question) -> "RunningTally":
        """Return this tally of a later day: only those are judged again whose answer may be another by then.

        The figures must be those of the earlier day. This tally stays as it is.
        """
        later = copy(self)
        later.move(question)
        return later

    def move(self, question: Question) -> None:
        """Become the tally of a later day, in dictionaries of its own."""
        self._facts, self._shares = dict(self._facts), dict(self._shares)
        self._totals, self._until = dict(self._totals), dict(self._until)
        self._question, self._found = question, None
        self._day = JudgedDay.of(question.as_of)
        self._asked = question.of(self._day)
        for subject in [one for one, until in self._until.items() if until < question.as_of]:
            self._judge_again(subject)

    def totals(self) -> Mapping[str, Total]:
        """Return the sums of all shares, unit by unit."""
        return self._totals

    def values_in(self, units: Collection[str]) -> list[Fraction]:
        """Return what each case of *units* comes to, in order; for a median, which no sum can tell."""
        mine = (share for share in self._shares.values() if share.unit in units and share.denominator)
        return sorted(Fraction(share.numerator) / Fraction(share.denominator) for share in mine)

    def found(self) -> Found:
        """Return what was found up to now, as it will stay whatever is added later."""
        if self._found is None:
            self._found = Found(self._counting, self._question, dict(self._facts), self._corrected)
        return self._found

    def _judge_again(self, subject: str) -> None:
        self._found = None
        self._day.begin()
        counting = heeding(self._counting) if subject in self._corrected else self._counting
        facts = _that_matter(self._facts[subject], counting, self._asked)
        share = counting.judge(facts, self._asked) if facts or counting.standing else None
        until = self._day.until
        if until is not date.max:
            self._until[subject] = until
        elif self._until:
            self._until.pop(subject, None)
        before = self._shares.get(subject)
        if share == before:
            return
        if before is not None:
            self._sum(before, -1)
        if share is None:
            del self._shares[subject]
        else:
            self._sum(share, 1)
            self._shares[subject] = share

    def _sum(self, share: Share, sign: int) -> None:
        """Add *share* to its unit's total, or (*sign* -1) take it away."""
        unit, numerator, denominator = share
        above, below, cases = self._totals.get(unit, NOTHING)
        # Most shares are 0 or 1 of 1; what adds nothing to a fraction is not added.
        self._totals[unit] = Total(
            above + sign * numerator if numerator else above, below + sign * denominator, cases + sign
        )


def heeding(counting: Counting) -> Counting:
    """Return *counting* with a judge who sees neither what a correction sets aside nor the correction."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        aside = {fact.data["discounted_event"] for fact in facts if fact.name == CORRECTED}
        kept = tuple(fact for fact in facts if fact.name != CORRECTED and fact.event_id not in aside)
        anchored = not counting.anchors or any(fact.name in counting.anchors for fact in kept)
        return counting.judge(kept, question) if anchored and (kept or counting.standing) else None

    return replace(counting, judge=judge, alike=None)


def _that_matter(facts: Sequence[Fact], counting: Counting, question: Question) -> Sequence[Fact]:
    """Leave out what the counting's hints say the judge would not miss."""
    if counting.anchors and counting.anchors.isdisjoint([fact.name for fact in facts]):
        return ()
    if counting.alike is None:
        return facts
    seen: dict[str, int] = defaultdict(int)
    kept = []
    for fact in facts:
        same = counting.alike(fact, question)
        seen[same] += 1
        if same and seen[same] <= _ENOUGH:
            kept.append(fact)
    return kept


_ENOUGH = 2
"""Of facts that say the same, one counts and a second shows that it could be missed."""


def _judged(
    subject: str, facts: Sequence[Fact], counting: Counting, question: Question
) -> Iterable[tuple[str, Counted]]:
    """Yield the subject's share with its evidence.

    Evidence is every event whose removal alone would change a unit's figures (also
    by taking away what keeps a subject out of them) and, where several events say
    the same, the earliest that suffice: alone they give the same share.
    """
    judge = counting.judge
    if not facts and not counting.standing:
        return
    whole = judge(facts, question)
    alone = len(facts) == 1 and not counting.standing
    evidence: dict[str, set[str]] = defaultdict(set)
    for index, fact in enumerate(facts):
        without = None if alone else judge((*facts[:index], *facts[index + 1 :]), question)
        if without != whole:
            for share in (whole, without):
                if share is not None:
                    evidence[share.unit].add(fact.event_id)
    if whole is not None:
        evidence[whole.unit] |= _sufficient(facts, evidence[whole.unit], whole, judge, question)
    household = next((fact.household_id for fact in facts if fact.name != CORRECTED), "")
    for unit, events in evidence.items():
        mine = whole if whole is not None and whole.unit == unit else Share(unit, 0, 0)
        yield unit, Counted(subject, household, mine.numerator, mine.denominator, tuple(sorted(events)))


def _sufficient(
    facts: Sequence[Fact], critical: set[str], whole: Share, judge: Judge, question: Question
) -> set[str]:
    if len(critical) == len(facts):
        return critical
    kept = [fact for fact in facts if fact.event_id in critical]
    if judge(kept, question) == whole:
        return critical
    kept, before = list(facts), len(facts) + 1
    while len(kept) < before:  # what could not be left out may be, once something else is
        before = len(kept)
        for fact in reversed(facts):
            fewer = [other for other in kept if other is not fact]
            if len(fewer) < len(kept) and fact.event_id not in critical and judge(fewer, question) == whole:
                kept = fewer
    return {fact.event_id for fact in kept}
