"""How many days things took, case by case: what medians are taken of."""

from collections.abc import Sequence

from services.evaluation.domain.counted.due import Course
from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact


def days_taken(name: str, course: Course) -> Counting:
    """Count the days of each case opened in the year, to its closing or, open still, to this day."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = course.opening(facts)
        if first is None or first.occurred_on < question.since:
            return None
        end = course.closing(facts)
        last = question.as_of if end is None else end.occurred_on
        return Share(course.unit(first), max((last - first.occurred_on).days, 0), 1)

    return Counting(name, course.names, course.subject, judge, anchors=frozenset({course.opened}))


days_to_answer_pushes = days_taken(
    "days_to_answer_pushes",
    Course(
        "monitoring.push_sent",
        "monitoring.push_answered",
        "push_id",
        unit=lambda fact: str(fact.data["department"]),
    ),
)
days_without_work = days_taken(
    "days_without_work",
    Course(
        "monitoring.zero_employment_opened",
        "monitoring.zero_employment_closed",
        "spell_id",
        drops=lambda fact: fact.data["way"] != "employed",
    ),
)
COUNTINGS = (days_to_answer_pushes, days_without_work)
