"""Ways of counting what is opened, has a day by which it must be closed, and is closed or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

Which = Callable[[Fact], bool]
UnitOf = Callable[[Fact], str]


def everything(_fact: Fact) -> bool:
    """Count every one."""
    return True


def town_of(opened: Fact) -> str:
    """Count for the town in which it was opened."""
    return opened.town


def field_is(name: str, *values: object) -> Which:
    """Count only those with one of *values* in the field *name*."""
    return lambda fact: fact.data.get(name) in values


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one thing: which event opens it and which close it; all carry *key*.

    *which* of the openings count, what *closes* it among the closing events, and what
    ends it without anybody having owed anything (*drops*). After *reopened* only
    a later closing (one of that day included) counts.
    """

    opened: str
    closed: str
    key: str
    which: Which = everything
    closes: Which = everything
    drops: Which | None = None
    reopened: str | None = None
    dropped: str | None = None
    unit: UnitOf = town_of

    @property
    def names(self) -> tuple[str, ...]:
        further = (self.reopened, self.dropped)
        return (self.opened, self.closed, *(name for name in further if name))

    def subject(self, fact: Fact) -> str:
        return str(fact.data[self.key])

    def opening(self, facts: Sequence[Fact]) -> Fact | None:
        """Return what opened it, None when it does not count or was dropped."""
        first = next((fact for fact in facts if fact.name == self.opened), None)
        if first is None or not self.which(first) or self._is_dropped(facts):
            return None
        return first

    def closing(self, facts: Sequence[Fact]) -> Fact | None:
        """Return the closing that stands: the first since it was last reopened."""
        again = max((fact.occurred_on for fact in facts if fact.name == self.reopened), default=None)
        return next(
            (
                fact
                for fact in facts
                if fact.name == self.closed
                and self.closes(fact)
                and (again is None or fact.occurred_on >= again)
            ),
            None,
        )

    def _is_dropped(self, facts: Sequence[Fact]) -> bool:
        if any(fact.name == self.dropped for fact in facts):
            return True
        return self.drops is not None and any(self.drops(fact) for fact in facts if fact.name == self.closed)


def closed_in_time(name: str, course: Course, *, well: Which = everything) -> Counting:
    """Count those closed or overdue; met when closed *well* by the ``due_on`` they were opened with."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = course.opening(facts)
        if first is None or first.occurred_on < question.since:
            return None
        end, due = course.closing(facts), day(first.data["due_on"])
        if end is None:
            return Share(course.unit(first), 0, 1) if question.over(due) else None
        return Share(course.unit(first), int(end.occurred_on <= due and well(end)), 1)

    return Counting(name, course.names, course.subject, judge, anchors=frozenset({course.opened}))


def closed_at_all(name: str, course: Course) -> Counting:
    """Count every one that was opened in the year; met when it is closed, however late."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = course.opening(facts)
        if first is None or first.occurred_on < question.since:
            return None
        return Share(course.unit(first), int(course.closing(facts) is not None), 1)

    return Counting(name, course.names, course.subject, judge, anchors=frozenset({course.opened}))


def open_still(name: str, course: Course) -> Counting:
    """Count those that are not closed."""

    def judge(facts: Sequence[Fact], _question: Question) -> Share | None:
        first = course.opening(facts)
        return None if first is None or course.closing(facts) is not None else Share(course.unit(first), 1, 0)

    return Counting(name, course.names, course.subject, judge, anchors=frozenset({course.opened}))


def happened(name: str, fact_name: str, *, unit: UnitOf = town_of) -> Counting:
    """Count every such event of the year."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        (fact,) = facts
        return Share(unit(fact), 1, 0) if fact.occurred_on >= question.since else None

    return Counting(name, (fact_name,), lambda fact: fact.event_id, judge)


def met(name: str, fact_name: str, well: Which, *, which: Which = everything) -> Counting:
    """Count every such event of the year; met when it went *well*."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        (fact,) = facts
        counts = fact.occurred_on >= question.since and which(fact)
        return Share(fact.town, int(well(fact)), 1) if counts else None

    return Counting(name, (fact_name,), lambda fact: fact.event_id, judge)
