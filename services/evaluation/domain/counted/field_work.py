"""What is counted of field work: training, residents on post, points, articles, cases, activities, homes."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from services.evaluation.domain.counted.dispatch import done_when_due, undertaken, unit_of
from services.evaluation.domain.counted.due import Course, closed_in_time
from services.evaluation.domain.counting import EVERY_UNIT, Counting, Judge, Question, Share
from services.evaluation.domain.fact import Fact
from shared.kernel.period import Month

ENROLLED, LEFT, ATTENDED = (
    "evaluation.cadre_enrolled",
    "evaluation.cadre_left",
    "evaluation.training_attended",
)
HELD = "evaluation.training_class_held"
ENTERED, TAKEN_BACK = "evaluation.work_entered", "evaluation.work_withdrawn"
OPENED, POINTS = "evaluation.point_account_opened", "evaluation.points_entered"
FIELDS = frozenset({"consolidation", "construction", "governance", "social"})
METHODS = frozenset({"on_site", "exchange", "online"})
"""The three methods that plan item 33 names."""


def of_cadre(fact: Fact) -> str:
    """Judge everything about one post-holder together."""
    return str(fact.data["cadre_id"])


def everybody(_fact: Fact) -> str:
    """Count for every unit: the whole county's value."""
    return EVERY_UNIT


UnitOf = Callable[[Fact], str]


def _enrolment(facts: Sequence[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.name == ENROLLED), None)


def _trained(kind: str, unit: UnitOf, last_day: Callable[[Question], date]) -> Judge:
    """One for each of *kind* who is in post on the last day asked for (or left later); met when trained."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        enrolled, until = _enrolment(facts), min(question.as_of, last_day(question))
        if enrolled is None or enrolled.data["kind"] != kind or enrolled.occurred_on > until:
            return None
        if any(fact.name == LEFT and fact.occurred_on < until for fact in facts):
            return None
        trained = any(fact.name == ATTENDED and question.since <= fact.occurred_on <= until for fact in facts)
        return Share(unit(enrolled), int(trained), 1)

    return judge


def _reach(name: str, kind: str, unit: UnitOf, last_day: Callable[[Question], date]) -> Counting:
    return Counting(
        name,
        (ENROLLED, LEFT, ATTENDED),
        of_cadre,
        _trained(kind, unit, last_day),
        anchors=frozenset({ENROLLED}),
    )


def _by_the_deadline(question: Question) -> date:
    until: date = question.figure("training_reach_by")
    return until


def _by_now(question: Question) -> date:
    return question.as_of


cadres_trained = _reach("cadres_trained", "cadre", unit_of, _by_the_deadline)
cadres_trained_everywhere = _reach("cadres_trained_everywhere", "cadre", everybody, _by_the_deadline)
residents_trained = _reach("residents_trained", "resident", everybody, _by_now)


def _new_in_post(name: str, unit: UnitOf) -> Counting:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        """One for each who took a post in the year and was trained, or should have been by now."""
        enrolled = _enrolment(facts)
        if enrolled is None or enrolled.data["how"] == "standing" or enrolled.occurred_on < question.since:
            return None
        if enrolled.data["kind"] != "cadre":
            return None
        due = date.fromisoformat(enrolled.data["due_on"])
        if any(fact.name == LEFT and fact.occurred_on <= due for fact in facts):
            return None
        days = [
            fact.occurred_on
            for fact in facts
            if fact.name == ATTENDED and fact.occurred_on >= enrolled.occurred_on
        ]
        if not days and not question.over(due):
            return None
        return Share(unit(enrolled), int(bool(days) and min(days) <= due), 1)

    return Counting(name, (ENROLLED, LEFT, ATTENDED), of_cadre, judge, anchors=frozenset({ENROLLED}))


new_cadres_trained = _new_in_post("new_cadres_trained", unit_of)
new_cadres_trained_everywhere = _new_in_post("new_cadres_trained_everywhere", everybody)

classes_held = done_when_due(
    "classes_held",
    Course(
        "evaluation.training_class_planned",
        HELD,
        "class_id",
        dropped="evaluation.training_class_cancelled",
        unit=everybody,
    ),
)


def _methods_used(facts: Sequence[Fact], question: Question) -> Share | None:
    """The named methods used in the year, of three."""
    used = {fact.data["method"] for fact in facts if fact.occurred_on >= question.since}
    return Share(EVERY_UNIT, len(used & METHODS), len(METHODS))


def _same_method(fact: Fact, question: Question) -> str:
    """Classes of one method are alike."""
    counts = fact.data["method"] in METHODS and fact.occurred_on >= question.since
    return str(fact.data["method"]) if counts else ""


methods_used = Counting(
    "methods_used", (HELD,), lambda _: "county", _methods_used, standing="county", alike=_same_method
)


def _test(name: str, unit: UnitOf) -> Counting:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        """One for each final test of the year; met when it was passed."""
        (fact,) = facts
        if fact.occurred_on < question.since or fact.data.get("passed") is None:
            return None
        return Share(unit(fact), int(fact.data["passed"]), 1)

    return Counting(name, (ATTENDED,), lambda fact: fact.event_id, judge)


tests_passed = _test("tests_passed", unit_of)
tests_passed_everywhere = _test("tests_passed_everywhere", everybody)


def _standing(facts: Sequence[Fact], *kinds: str) -> list[Fact]:
    """Return the entries of these kinds that were not taken back."""
    gone = {fact.data["entry_id"] for fact in facts if fact.name == TAKEN_BACK}
    entries = (fact for fact in facts if fact.name == ENTERED and fact.data["kind"] in kinds)
    return [fact for fact in entries if fact.data["entry_id"] not in gone]


def _of_resident(fact: Fact) -> str:
    if fact.name in (ENROLLED, LEFT):
        return str(fact.data["cadre_id"]) if fact.data["kind"] == "resident" else ""
    return str(fact.data["about"]) if fact.data["kind"] in ("attendance", "spot_check") else ""


def _on_post(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each whole month on post that is due or was told of; met with days enough and never missed."""
    enrolled = _enrolment(facts)
    if enrolled is None:
        return None
    left = next((fact.occurred_on for fact in facts if fact.name == LEFT), question.as_of)
    told = {fact.data["month"]: fact for fact in _standing(facts, "attendance")}
    first = max(enrolled.occurred_on, question.since)
    month = Month.of(first) if first.day == 1 else Month.of(first).plus(1)
    grace = timedelta(days=question.figure("resident_attendance_days"))
    due = set()
    while month.last_day <= left and question.over(month.last_day + grace):
        due.add(str(month))
        month = month.plus(1)
    months = due | {one for one in told if one >= str(Month.of(question.since))}
    missed = {
        str(Month.of(fact.occurred_on))
        for fact in _standing(facts, "spot_check")
        if not fact.data.get("passed")
    }
    days = question.figure("resident_days")
    met = sum(
        one in told and told[one].data["quantity"] >= days and one not in missed for one in sorted(months)
    )
    return Share(enrolled.town, met, len(months)) if months else None


resident_months_on_post = Counting(
    "resident_months_on_post",
    (ENROLLED, LEFT, ENTERED, TAKEN_BACK),
    _of_resident,
    _on_post,
    anchors=frozenset({ENROLLED}),
)


def _balance(facts: Sequence[Fact], question: Question) -> Share | None:
    """The balance of a team's account of this year against its opening, at the most all of it."""
    opened = next((fact for fact in facts if fact.name == OPENED), None)
    if opened is None or opened.data["year"] != question.since.year:
        return None
    opening = Fraction(str(opened.data["opening"]))
    entered = sum((Fraction(str(fact.data["points"])) for fact in facts if fact.name == POINTS), Fraction(0))
    return Share(opened.town, min(max(opening + entered, Fraction(0)), opening), opening)


team_points = Counting(
    "team_points",
    (OPENED, POINTS),
    lambda fact: str(fact.data["account_id"]),
    _balance,
    anchors=frozenset({OPENED}),
)


def _of_kind(*kinds: str) -> Callable[[Fact], str]:
    return lambda fact: str(fact.data["entry_id"]) if fact.data["kind"] in kinds else ""


def _entries(name: str, kind: str, weights: str = "") -> Counting:
    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        """Each entry of the year, by the weight of its level where there are weights."""
        found = _standing(facts, kind)
        if not found or found[0].occurred_on < question.since:
            return None
        weight = question.figure(weights)[found[0].data["level"]] if weights else 1
        return Share(str(found[0].data["unit"]), weight, 0)

    return Counting(name, (ENTERED, TAKEN_BACK), _of_kind(kind), judge, anchors=frozenset({ENTERED}))


articles = _entries("articles", "article", "article_weights")
typical_cases = _entries("typical_cases", "typical_case", "case_weights")
volunteer_activities = _entries("volunteer_activities", "volunteer_activity")


def _quarter(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def _fields_covered(facts: Sequence[Fact], question: Question) -> Share | None:
    """The fields with an article, of four in each quarter that is over."""
    articles_found = [f for f in _standing(facts, "article") if f.occurred_on >= question.since]
    first = Month(question.since.year, 1)
    over = {
        f"{first.year}Q{number}"
        for number in range(1, 5)
        if question.over(Month(first.year, number * 3).last_day)
    }
    if not over:
        return None
    covered = {
        (_quarter(fact.occurred_on), fact.data["field"])
        for fact in articles_found
        if fact.data["field"] in FIELDS and _quarter(fact.occurred_on) in over
    }
    return Share(EVERY_UNIT, len(covered), len(FIELDS) * len(over))


fields_covered = Counting(
    "fields_covered",
    (ENTERED, TAKEN_BACK),
    lambda fact: "county" if fact.data["kind"] == "article" else "",
    _fields_covered,
    standing="county",
)

complaints_answered = closed_in_time("complaints_answered", undertaken("complaint", unit=unit_of))


def _of_home(fact: Fact) -> str:
    if fact.data["kind"] == "home":
        return str(fact.data["entry_id"])
    return str(fact.data["about"]) if fact.data["kind"] == "home_check" else ""


def _running(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each home; met when the last check of the year found it running."""
    homes = _standing(facts, "home")
    if not homes:
        return None
    checks = [fact for fact in _standing(facts, "home_check") if fact.occurred_on >= question.since]
    return Share(homes[0].town, int(bool(checks) and bool(checks[-1].data.get("passed"))), 1)


homes_running = Counting("homes_running", (ENTERED, TAKEN_BACK), _of_home, _running)

COUNTINGS = (
    cadres_trained,
    cadres_trained_everywhere,
    residents_trained,
    new_cadres_trained,
    new_cadres_trained_everywhere,
    classes_held,
    methods_used,
    tests_passed,
    tests_passed_everywhere,
    resident_months_on_post,
    team_points,
    articles,
    typical_cases,
    volunteer_activities,
    fields_covered,
    complaints_answered,
    homes_running,
)
