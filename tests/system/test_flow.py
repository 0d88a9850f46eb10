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
        workers.start(*NAMES)
        yield InProcesses(opened, workers)


def test_an_illness_changes_the_scores_it_should(running: RunningCounty) -> None:
    """Help by three offices changes exactly the lines it concerns, each by exactly its events."""
    families = suitable_families(5)
    others = [illness(family, DAY_ONE) for family in families[1:]]
    story = illness(families[0], DAY_ONE + timedelta(days=40))
    live_through(running, [*others, story], names=ON_RECORD)
    before = judged(running)
    live_through(running, [story], names={step.name for step in story.steps} - ON_RECORD)
    running.live_on(JUDGED_ON)
    after = judged(running)

    town = areas().get(story.family.area_code[:9]).name
    changed = {name for name, line in after.items() if figures(line) != figures(before[name])}
    assert set(expected_evidence(running, story, town)) == changed
    for name, events in expected_evidence(running, story, town).items():
        assert events == set(after[name].evidence) - set(before[name].evidence), name
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
    """Return every line the story concerns with the events that must stand behind it."""
    events = running.county.evaluation.reads.timeline(story.household_id)

    def of(fact: str, category: str = "", status: str = "") -> set[str]:
        data = [(event.id, event.envelope.data) for event in events if event.fact == fact]
        found = {
            i
            for i, d in data
            if d.get("category", category) == category and d.get("status", status) == status
        }
        assert len(found) == 1, (fact, category, status, found)
        return found

    def measure(category: str) -> set[str]:
        return of("monitoring.measure_requested", category) | of(
            "monitoring.measure_recorded", category, "delivered"
        )

    identified = of("monitoring.case_identified")
    job = of("employment.job_started")
    lent = of("finance.loan_applied") | of("finance.loan_disbursed")
    paid_out = of("finance.loan_disbursed")
    checked = of("monitoring.clue_reported") | of("monitoring.clue_verified")
    all_measures = measure(HEALTH) | measure(WORK) | measure(CREDIT)
    requests = {m for c in (HEALTH, WORK, CREDIT) for m in of("monitoring.measure_requested", c)}
    return {
        (town, "I01-2"): checked,
        (town, "I01-4"): identified | of("monitoring.helper_assigned"),
        # Work was delivered first: it alone shows that the risk was answered.
        (town, "I01-5"): identified | of("monitoring.measure_recorded", WORK, "delivered"),
        (town, "I01-6"): identified,
        (town, "I12-1"): job,
        (town, "I12-2"): job,
        (town, "I12-4"): job,
        (town, "I13-1"): lent,
        (town, "I13-4"): paid_out,
        (town, "I21-4"): identified,
        # One request, the first by id, suffices to say that something is owed; each delivery is needed.
        (town, "I31-2"): (all_measures - requests) | {min(requests)},
        ("县人社局", "I01-5"): measure(WORK),
        ("县人社局", "I12-1"): job,
        ("县人社局", "I12-2"): job,
        ("县人社局", "I31-2"): measure(WORK),
        ("县人行", "I01-5"): measure(CREDIT),
        ("县人行", "I13-1"): lent,
        ("县人行", "I13-4"): paid_out,
        ("县人行", "I31-2"): measure(CREDIT),
        ("县医保局", "I01-5"): measure(HEALTH),
        ("县医保局", "I31-2"): measure(HEALTH),
        ("县财政局", "I13-1"): lent,
        ("县财政局", "I13-4"): paid_out,
        ("县乡村振兴局", "I01-2"): checked,
        ("县乡村振兴局", "I01-6"): identified,
        ("县乡村振兴局", "I13-1"): lent,
        ("县乡村振兴局", "I13-4"): paid_out,
    }
