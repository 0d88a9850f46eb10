"""What is counted of dispatch: months told of, meetings held, decisions, sites and their tasks, projects."""

from collections.abc import Sequence

from services.evaluation.domain.counted.due import (
    Course,
    UnitOf,
    Which,
    closed_at_all,
    closed_in_time,
    everything,
    field_is,
    town_of,
)
from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, day

PLANNED, REGISTERED = "evaluation.site_planned", "evaluation.site_registered"
ELEMENTS, WITHDRAWN = "evaluation.site_elements_set", "evaluation.site_withdrawn"
MADE, DONE, DROPPED = (f"evaluation.undertaking_{end}" for end in ("made", "done", "dropped"))


def unit_of(fact: Fact) -> str:
    """Count for the unit that owes it."""
    return str(fact.data["unit"])


def lead_of(fact: Fact) -> str:
    """Count for the lead department of the action it belongs to."""
    return str(fact.data["lead"])


FILED, RETURNED = "evaluation.progress_filed", "evaluation.progress_returned"


def _filed(name: str, scope: str) -> Counting:
    """Count months told of; the day of the first filing says whether in time, a return costs nothing.

    What was returned and not filed again is not told: each return takes one filing away,
    whatever the days (a return may be of the day of the filing).
    """
    course = Course("evaluation.progress_due", FILED, "report_id", field_is("scope", scope), unit=unit_of)

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = course.opening(facts)
        if first is None or first.occurred_on < question.since:
            return None
        due = day(first.data["due_on"])
        filed = [fact for fact in facts if fact.name == FILED]
        if len(filed) <= sum(fact.name == RETURNED for fact in facts):
            return Share(unit_of(first), 0, 1) if question.over(due) else None
        return Share(unit_of(first), int(filed[0].occurred_on <= due), 1)

    names = (*course.names, RETURNED)
    return Counting(name, names, course.subject, judge, anchors=frozenset({course.opened}))


months_told_by_leads = _filed("months_told_by_leads", "action")
months_told_by_towns = _filed("months_told_by_towns", "town")
quarter_meetings_held = closed_in_time(
    "quarter_meetings_held",
    Course("evaluation.quarter_meeting_due", "evaluation.quarter_meeting_held", "duty_id", unit=unit_of),
)


def undertaken(*kinds: str, unit: UnitOf) -> Course:
    """Return the course of undertakings of these kinds; what was dropped is owed by nobody."""
    return Course(MADE, DONE, "undertaking_id", which=field_is("kind", *kinds), dropped=DROPPED, unit=unit)


def done_when_due(name: str, course: Course) -> Counting:
    """Count those that are done or whose day has passed; met when they are done, however late."""

    def judge(facts: Sequence[Fact], question: Question) -> Share | None:
        first = course.opening(facts)
        if first is None or first.occurred_on < question.since:
            return None
        done = course.closing(facts) is not None
        due = question.over(day(first.data["due_on"]))
        return Share(course.unit(first), int(done), 1) if done or due else None

    return Counting(name, course.names, course.subject, judge, anchors=frozenset({course.opened}))


decisions_done_in_time = closed_in_time("decisions_done_in_time", undertaken("decision", unit=unit_of))
site_tasks_done = done_when_due("site_tasks_done", undertaken("site_task", unit=town_of))
site_tasks_of_leads_done = done_when_due("site_tasks_of_leads_done", undertaken("site_task", unit=lead_of))
projects_done = done_when_due("projects_done", undertaken("project", unit=town_of))
projects_of_departments_done = done_when_due(
    "projects_of_departments_done", undertaken("project", unit=unit_of)
)


def _covered(name: str, level: str, unit: UnitOf) -> Counting:
    course = Course(
        PLANNED, REGISTERED, "site_id", which=field_is("level", level), reopened=WITHDRAWN, unit=unit
    )
    return closed_at_all(name, course)


county_sites_chosen = _covered("county_sites_chosen", "county", town_of)
county_sites_of_leads_chosen = _covered("county_sites_of_leads_chosen", "county", lead_of)
city_sites_of_leads_chosen = _covered("city_sites_of_leads_chosen", "city", lead_of)


def _complete(name: str, unit: UnitOf, which: Which = everything) -> Counting:
    """Count every site that is chosen and not given up; met when its four elements are set."""

    def judge(facts: Sequence[Fact], _question: Question) -> Share | None:
        steps = [fact for fact in facts if fact.name in (REGISTERED, WITHDRAWN)]
        if not steps or max(steps, key=_which_place).name == WITHDRAWN:
            return None
        chosen = max(steps, key=_which_place)
        now = max((fact for fact in facts if fact.name == ELEMENTS), key=_number, default=None)
        whole = now is not None and all(
            now.data[name] for name in ("standard", "responsible", "rule", "date_set")
        )
        return Share(unit(chosen), int(whole), 1) if which(chosen) else None

    return Counting(
        name,
        (REGISTERED, ELEMENTS, WITHDRAWN),
        lambda fact: str(fact.data["site_id"]),
        judge,
        anchors=frozenset({REGISTERED}),
    )


def _number(fact: Fact) -> tuple[int, str]:
    return int(fact.data["number"]), fact.event_id


def _which_place(fact: Fact) -> tuple[int, bool]:
    """Order by the place, and of one place the giving up after the choosing."""
    return int(fact.data["number"]), fact.name == WITHDRAWN


sites_complete = _complete("sites_complete", town_of)
sites_of_leads_complete = _complete("sites_of_leads_complete", lead_of)

COUNTINGS = (
    months_told_by_leads,
    months_told_by_towns,
    quarter_meetings_held,
    decisions_done_in_time,
    site_tasks_done,
    site_tasks_of_leads_done,
    projects_done,
    projects_of_departments_done,
    county_sites_chosen,
    county_sites_of_leads_chosen,
    city_sites_of_leads_chosen,
    sites_complete,
    sites_of_leads_complete,
)
