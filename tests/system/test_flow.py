"""One household's change, from the village to the year-end assessment, and what comes back."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine
from services.monitoring.domain.clue import Clue, clue_id_of
from shared.areas import areas
from tests.support.county_on import NAMES, TestCounty
from tests.support.county_workers import CountyWorkers
from tests.support.household_story import (
    CREDIT,
    HEALTH,
    WORK,
    Story,
    illness,
    suitable_families,
)
from tests.support.running_county import InProcesses, RunningCounty, in_this_thread, live_through

DAY_ONE, JUDGED_ON = date(2022, 3, 1), date(2022, 6, 30)
ON_RECORD = {"register", "income"}
UNSTEADY_WORK, FAILED_BUSINESS = "100A27009", "100A27008"


@pytest.fixture(
    params=["one thread", pytest.param("processes", marks=[pytest.mark.connected, pytest.mark.chaos])]
)
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningCounty]:
    """The four services embedded in this thread, and as production runs them."""
    if request.param == "one thread":
        with in_this_thread(tmp_path, DAY_ONE) as county:
            yield county
    else:
        opened: TestCounty = request.getfixturevalue("county")
        workers: CountyWorkers = request.getfixturevalue("workers")
        opened.live_on(DAY_ONE)
        workers.start(*NAMES, "finance")  # two of them look for overdue loans at once
        yield InProcesses(opened, workers)


def test_an_illness_changes_the_scores_it_should(running: RunningCounty) -> None:
    """Help by three offices changes exactly the lines it concerns, each by exactly its events."""
    families = suitable_families(5)
    others = [illness(family, DAY_ONE) for family in families[1:]]
    story = illness(families[0], DAY_ONE + timedelta(days=40))
    live_through(running, [*others, story], names=ON_RECORD)
    before = judged(running)
    known = {event.id for event in running.county.evaluation.reads.timeline(story.household_id)}
    live_through(running, [story], names={step.name for step in story.steps} - ON_RECORD)
    running.live_on(JUDGED_ON)
    after = judged(running)

    town = areas().get(story.family.area_code[:9]).name
    changed = {name for name, line in after.items() if figures(line) != figures(before[name])}
    new = {name: set(after[name].evidence) - set(before[name].evidence) for name in changed}
    told = {event.id for event in running.county.evaluation.reads.timeline(story.household_id)}
    concerned = {name for name in changed if new[name] & told}
    expected = expected_evidence(running, story, town) | errors_behind(running, story, town, known)
    expected |= pushes_behind(running, story, known)
    assert set(expected) == concerned
    for name, events in expected.items():
        assert events == new[name] & told, name
    if not running.sweeps_by_itself:  # which tells of the whole county
        assert concerned == changed
        assert all(new[name] <= told for name in changed)
        unchanged = {name for name, line in after.items() if line.evidence == before[name].evidence}
        assert set(after) == unchanged | changed
    with running.county.monitoring.uow() as uow:
        statuses = {m.category: str(m.status) for m in uow.plans.get(story.case_id).measures}
    assert {HEALTH: "delivered", WORK: "delivered", CREDIT: "delivered"} == statuses
    assert [] == running.county.set_aside()


def test_what_departments_find_comes_back(running: RunningCounty) -> None:
    """A job lost and a loan overdue come back as clues; a declined measure is planned anew."""
    lost, late, declined = suitable_families(3)
    job_lost = illness(lost, DAY_ONE, job_lost=True)
    overdue = illness(late, DAY_ONE)
    not_willing = illness(declined, DAY_ONE, declined=True)
    live_through(running, [job_lost, overdue, not_willing])

    lost_on = job_lost.day_of(next(step for step in job_lost.steps if step.name == "job lost"))
    clue = clue_of(running, job_lost, UNSTEADY_WORK, lost_on)
    assert (lost_on, 1, True) == (clue.first_reported_on, clue.reports, clue.is_open)

    with running.county.monitoring.uow() as uow:
        plan = uow.plans.get(not_willing.case_id)
    first, instead = plan.get(not_willing.measure(WORK)), plan.get(not_willing.results["replan"].id)
    assert ("declined", "not_willing") == (str(first.status), getattr(first.last_answer, "reason", ""))
    assert (first.id, "delivered") == (instead.replaces, str(instead.status))

    with running.county.finance.uow() as uow:
        due_on = uow.loans.get(overdue.results["apply"]).due_on
    assert due_on is not None
    found_on = due_on + timedelta(days=1)
    running.live_on(found_on)
    running.wait_for_sweeps()
    clue = clue_of(running, overdue, FAILED_BUSINESS, found_on)
    assert (found_on, 1, True) == (clue.first_reported_on, clue.reports, clue.is_open)
    assert [] == running.county.set_aside()


def judged(running: RunningCounty) -> dict[tuple[str, str], ScoreLine]:
    """Return every score line of 30 June by unit and indicator."""
    board: Scoreboard = running.county.evaluation.scores.board(JUDGED_ON)
    return {(line.unit.name, line.indicator.id): line for line in board.lines()}


def figures(line: ScoreLine) -> tuple[object, ...]:
    return (line.status, line.numerator, line.denominator, line.value, line.points)


def clue_of(running: RunningCounty, story: Story, risk: str, day: date) -> Clue:
    with running.county.monitoring.uow() as uow:
        return uow.clues.get(clue_id_of(story.household_id, risk, day))


def expected_evidence(running: RunningCounty, story: Story, town: str) -> dict[tuple[str, str], set[str]]:
    """Return every line the story concerns with the ids of the events that must stand behind it."""
    ids = ids_of_events(running, story)
    # One request, the first by id, suffices to say that something is owed; each delivery is needed.
    ids["a request"] = min(ids[f"requested {name}"] for name in MEASURES)
    return {
        (town if unit == "town" else unit, indicator): {ids[name] for name in names}
        for unit, lines in EVIDENCE.items()
        for indicator, names in lines.items()
    }


def errors_behind(
    running: RunningCounty, story: Story, town: str, known: set[str]
) -> dict[tuple[str, str], set[str]]:
    """Return the lines on data errors with what was found and put right beyond the events *known* before."""
    events = running.county.evaluation.reads.timeline(story.household_id)
    found = {e.envelope.data["error_id"]: e for e in events if e.fact == "monitoring.data_error_found"}
    fixed = {e.envelope.data["error_id"]: e for e in events if e.fact == "monitoring.data_error_fixed"}
    assert fixed
    in_time = {key for key, e in fixed.items() if e.occurred_on <= found[key].envelope.data["due_on"]}
    judged_on = JUDGED_ON.isoformat()
    due = {e.id for key, e in found.items() if key in fixed or e.envelope.data["due_on"] < judged_on}
    evidence = {
        "I02-5": due | {fixed[key].id for key in in_time},
        "I03-2": {event.id for event in [*found.values(), *fixed.values()]},
    }
    units = (town, "县乡村振兴局")
    return {(unit, line): ids - known for unit in units for line, ids in evidence.items()}


def pushes_behind(running: RunningCounty, story: Story, known: set[str]) -> dict[tuple[str, str], set[str]]:
    """Return the assessed departments told of the household with what was sent, and answered, of it."""
    events = running.county.evaluation.reads.timeline(story.household_id)
    sent = {e.envelope.data["push_id"]: e for e in events if e.fact == "monitoring.push_sent"}
    assessed = {unit.id for unit in running.county.evaluation.units()}
    found: dict[tuple[str, str], set[str]] = {}
    for event in events:
        if event.id not in known and event.fact in ("monitoring.push_sent", "monitoring.push_answered"):
            department = sent[event.envelope.data["push_id"]].envelope.data["department"]
            if department in assessed:
                found.setdefault((department, "I04-3"), set()).add(event.id)
    return found


MEASURES = {"health": HEALTH, "work": WORK, "credit": CREDIT}
SINGLE = {
    "reported": "monitoring.clue_reported",
    "verified": "monitoring.clue_verified",
    "identified": "monitoring.case_identified",
    "helper": "monitoring.helper_assigned",
    "job": "employment.job_started",
    "applied": "finance.loan_applied",
    "paid out": "finance.loan_disbursed",
}
"""The events of which a story has one each."""


def ids_of_events(running: RunningCounty, story: Story) -> dict[str, str]:
    """Return the ids of the story's events by the names used here."""
    events = running.county.evaluation.reads.timeline(story.household_id)
    ids = {name: event.id for name, fact in SINGLE.items() for event in events if event.fact == fact}
    assert len(SINGLE) == sum(event.fact in SINGLE.values() for event in events)
    for name, category in MEASURES.items():
        for event in events:
            data = event.envelope.data
            if data.get("category") == category and event.fact == "monitoring.measure_requested":
                ids[f"requested {name}"] = event.id
            elif data.get("category") == category and data.get("status") == "delivered":
                ids[f"delivered {name}"] = event.id
    return ids


_CHECKED = ("reported", "verified")
_LENT = ("applied", "paid out")
_CREDIT = ("requested credit", "delivered credit")
_WORK = ("requested work", "delivered work")
_HEALTH = ("requested health", "delivered health")
EVIDENCE: dict[str, dict[str, tuple[str, ...]]] = {
    "town": {
        "I01-2": _CHECKED,
        "I01-4": ("identified", "helper"),
        # Work was delivered first: it alone shows that the risk was answered.
        "I01-5": ("identified", "delivered work"),
        "I01-6": ("identified",),
        "I12-1": ("job",),
        "I12-2": ("job",),
        "I12-3": ("job",),
        "I12-4": ("job",),
        "I13-1": _LENT,
        "I13-4": ("paid out",),
        "I21-4": ("identified",),
        "I31-2": ("a request", "delivered health", "delivered work", "delivered credit"),
    },
    "县人社局": {"I01-5": _WORK, "I12-1": ("job",), "I12-2": ("job",), "I31-2": _WORK},
    "县人行": {"I01-5": _CREDIT, "I13-1": _LENT, "I13-4": ("paid out",), "I31-2": _CREDIT},
    "县医保局": {"I01-5": _HEALTH, "I31-2": _HEALTH},
    "县财政局": {"I13-1": _LENT, "I13-4": ("paid out",)},
    "县乡村振兴局": {"I01-2": _CHECKED, "I01-6": ("identified",), "I13-1": _LENT, "I13-4": ("paid out",)},
}
"""By unit and line, the events behind it."""
