"""What is counted of houses, water, toilets, clean villages, resettlement sites and grids."""

from collections.abc import Sequence
from fractions import Fraction

from services.evaluation.domain.counted.due import (
    Course,
    closed_at_all,
    closed_in_time,
    field_is,
    met,
    open_still,
)
from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact, newest

HOUSEHOLD = "monitoring.household_recorded"
WATER_CHECKED = "monitoring.water_household_checked"
ROUND_CLOSED = "monitoring.water_round_closed"
WORKS, TESTED = "monitoring.water_works_recorded", "monitoring.water_tested"
PUBLIC_TOILET = "monitoring.public_toilet_advanced"
SEWAGE, CLEANING = "monitoring.sewage_facility_checked", "monitoring.village_cleaning_scored"
GRID = "monitoring.grid_recorded"


def _household(fact: Fact) -> str:
    return fact.household_id


def _rebuilt(stage: str) -> Course:
    return Course(
        "monitoring.rebuild_listed",
        "monitoring.rebuild_advanced",
        "rebuild_id",
        which=field_is("cause", "disaster_2021"),
        closes=field_is("stage", stage),
    )


houses_rebuilt = closed_in_time("houses_rebuilt", _rebuilt("accepted"))
houses_occupied = closed_in_time("houses_occupied", _rebuilt("occupied"))
houses_appraised = closed_in_time(
    "houses_appraised", Course("monitoring.house_alert_raised", "monitoring.house_appraised", "alert_id")
)


def _rounds_closed(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each round that is over; met when the town closed one by its last day."""
    if not any(fact.name == HOUSEHOLD for fact in facts):
        return None
    rounds = [span for span in question.spans("water_rounds") if span.last <= question.as_of]
    closed = [fact.occurred_on for fact in facts if fact.name == ROUND_CLOSED]
    done = sum(any(day in span for day in closed) for span in rounds)
    return Share(facts[0].town, done, len(rounds)) if rounds else None


def _households_alike(fact: Fact, _question: Question) -> str:
    return "household" if fact.name == HOUSEHOLD else fact.event_id


water_rounds_closed = Counting(
    "water_rounds_closed",
    (HOUSEHOLD, ROUND_CLOSED),
    lambda fact: fact.town,
    _rounds_closed,
    anchors=frozenset({HOUSEHOLD}),
    alike=_households_alike,
)


def _water_covered(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each round of water checks that is over; met when the household was checked in it."""
    records = [fact for fact in facts if fact.name == HOUSEHOLD]
    if not records:
        return None
    since = records[0].occurred_on
    rounds = [span for span in question.spans("water_rounds") if since <= span.last <= question.as_of]
    if not rounds:
        return None
    days = [fact.occurred_on for fact in facts if fact.name == WATER_CHECKED]
    return Share(newest(records).town, sum(any(day in span for day in days) for span in rounds), len(rounds))


def _by_water_round(fact: Fact, question: Question) -> str:
    """Checks of one round are alike."""
    if fact.name != WATER_CHECKED:
        return fact.event_id
    rounds = question.spans("water_rounds")
    return next((str(number) for number, span in enumerate(rounds) if fact.occurred_on in span), "")


households_checked_for_water = Counting(
    "households_checked_for_water",
    (HOUSEHOLD, WATER_CHECKED),
    _household,
    _water_covered,
    anchors=frozenset({HOUSEHOLD}),
    alike=_by_water_round,
)


def _works_tested(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each works in use; met when its water was tested in the year."""
    records = [fact for fact in facts if fact.name == WORKS]
    if not records or not newest(records).data["in_use"]:
        return None
    tested = any(fact.name == TESTED and fact.occurred_on >= question.since for fact in facts)
    return Share(newest(records).town, int(tested), 1)


water_works_tested = Counting(
    "water_works_tested",
    (WORKS, TESTED),
    lambda fact: str(fact.data["works_id"]),
    _works_tested,
    anchors=frozenset({WORKS}),
)


def _failed_and_mended(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each failed test; met when a test that repeats it was passed."""
    failed = next(
        (fact for fact in facts if not fact.data.get("retest_of") and not fact.data["passed"]), None
    )
    if failed is None or failed.occurred_on < question.since:
        return None
    mended = any(fact.data.get("retest_of") and fact.data["passed"] for fact in facts)
    return Share(failed.town, int(mended), 1)


failed_tests_mended = Counting(
    "failed_tests_mended",
    (TESTED,),
    lambda fact: str(fact.data.get("retest_of") or fact.data["test_id"]),
    _failed_and_mended,
)
water_problems_closed = closed_in_time(
    "water_problems_closed",
    Course("monitoring.water_problem_found", "monitoring.water_problem_closed", "problem_id"),
)

_TOILET = Course(
    "monitoring.toilet_problem_found",
    "monitoring.toilet_problem_closed",
    "problem_id",
    reopened="monitoring.toilet_problem_reopened",
)
toilets_rectified = closed_at_all("toilets_rectified", _TOILET)


def _toilets(facts: Sequence[Fact], question: Question) -> Share | None:
    first = _TOILET.opening(facts)
    end = _TOILET.closing(facts)
    if first is None or end is None or end.occurred_on < question.since:
        return None
    return Share(first.town, 1, 0)


toilets_accepted = Counting(
    "toilets_accepted",
    _TOILET.names,
    _TOILET.subject,
    _toilets,
    anchors=frozenset({"monitoring.toilet_problem_found"}),
)


def _toilet_target(facts: Sequence[Fact], question: Question) -> Share | None:
    """The household's part of the county's target, by its register of households."""
    record = newest(facts) if facts else None
    if record is None:
        return None
    return Share(
        record.town, 0, Fraction(question.figure("toilet_target")) / question.figure("county_households")
    )


toilet_target = Counting("toilet_target", (HOUSEHOLD,), _household, _toilet_target)


def _opened(facts: Sequence[Fact], _question: Question) -> Share | None:
    """One for each new public toilet that was planned; met when it is open."""
    return (
        Share(facts[0].town, int(any(fact.data["stage"] == "open" for fact in facts)), 1) if facts else None
    )


public_toilets_open = Counting(
    "public_toilets_open", (PUBLIC_TOILET,), lambda fact: str(fact.data["public_toilet_id"]), _opened
)


def _running(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each facility; met when it ran at its last check of the year."""
    checks = [fact for fact in facts if fact.occurred_on >= question.since]
    return Share(checks[-1].town, int(checks[-1].data["running"]), 1) if checks else None


sewage_facilities_running = Counting(
    "sewage_facilities_running", (SEWAGE,), lambda fact: str(fact.data["facility_id"]), _running
)


def _score(facts: Sequence[Fact], question: Question) -> Share | None:
    """The mean of the inspections: 92.5 points of 100 are 0.925 of one."""
    if not facts or facts[-1].occurred_on < question.since:
        return None
    return Share(facts[-1].town, Fraction(facts[-1].data["score"]) / 100, 1)


village_cleaning_scores = Counting(
    "village_cleaning_scores", (CLEANING,), lambda fact: str(fact.data["inspection_id"]), _score
)

facility_tasks_done = closed_in_time(
    "facility_tasks_done",
    Course("monitoring.facility_task_planned", "monitoring.facility_task_done", "task_id"),
)
relocated_households_returned = open_still(
    "relocated_households_returned",
    Course("monitoring.relocation_return_found", "monitoring.relocation_return_ended", "finding_id"),
)
relocation_housing_solved = closed_at_all(
    "relocation_housing_solved",
    Course("monitoring.relocation_housing_found", "monitoring.relocation_housing_solved", "shortage_id"),
)


def _village(fact: Fact) -> str:
    return str(fact.data.get("area_code", ""))


def _in_a_grid(facts: Sequence[Fact], _question: Question) -> Share | None:
    """One for each village with households; met when a grid of it has named workers."""
    if not any(fact.name == HOUSEHOLD for fact in facts):
        return None
    grids: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.name == GRID:
            grids.setdefault(fact.data["grid_id"], []).append(fact)
    stand = [newest(versions).data for versions in grids.values()]
    return Share(facts[0].town, int(any(one.get("active", True) and one["workers"] for one in stand)), 1)


villages_in_grids = Counting(
    "villages_in_grids",
    (HOUSEHOLD, GRID),
    _village,
    _in_a_grid,
    anchors=frozenset({HOUSEHOLD}),
    alike=_households_alike,
)
decisions_complete = met(
    "decisions_complete", "monitoring.village_decision_filed", field_is("complete", True)
)
disputes_closed = closed_at_all(
    "disputes_closed", Course("monitoring.dispute_opened", "monitoring.dispute_closed", "dispute_id")
)

COUNTINGS = (
    houses_rebuilt,
    houses_occupied,
    houses_appraised,
    water_rounds_closed,
    households_checked_for_water,
    water_works_tested,
    failed_tests_mended,
    water_problems_closed,
    toilets_rectified,
    toilets_accepted,
    toilet_target,
    public_toilets_open,
    sewage_facilities_running,
    village_cleaning_scores,
    facility_tasks_done,
    relocated_households_returned,
    relocation_housing_solved,
    villages_in_grids,
    decisions_complete,
    disputes_closed,
)
