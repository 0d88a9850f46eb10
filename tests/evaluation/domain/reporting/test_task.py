from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.evaluation.domain.reporting.errors import (
    EmptyReturnReasonError,
    MissingUnitsError,
    NoEvidenceError,
    StrangeUnitError,
    TooManyFilesError,
    UnknownReportFileError,
    WrongFigureError,
    WrongStepError,
)
from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.task import (
    STATE_WORDS,
    STEPS,
    Accepted,
    Attachment,
    Checked,
    Overdue,
    Reported,
    Returned,
    TaskState,
)
from tests.evaluation.reporting_tasks import DUE, PAPER, UNITS, VALUES, new_task, rate, task_in

DAY = date(2022, 7, 9)


def drawn_check(task):
    task.drawn_by = "sample"
    return task.check({}, "files", DAY)


TRY = {
    "attach": lambda task: task.attach(PAPER, most=3),
    "submit": lambda task: task.submit(VALUES, DAY),
    "return": lambda task: task.send_back("不符", DAY),
    "accept": lambda task: task.accept(DAY),
    "draw": lambda task: task.draw("sample"),
    "check": drawn_check,
}
REACHED = {
    ("attach", TaskState.DUE): TaskState.DUE,
    ("attach", TaskState.RETURNED): TaskState.RETURNED,
    ("submit", TaskState.DUE): TaskState.SUBMITTED,
    ("submit", TaskState.RETURNED): TaskState.SUBMITTED,
    ("return", TaskState.SUBMITTED): TaskState.RETURNED,
    ("accept", TaskState.SUBMITTED): TaskState.ACCEPTED,
    ("draw", TaskState.ACCEPTED): TaskState.ACCEPTED,
    ("check", TaskState.ACCEPTED): TaskState.UPHELD,
}


@pytest.mark.parametrize(("step", "state"), sorted(REACHED))
def test_every_permitted_step(step, state):
    """Each step the process knows leads where it should."""
    task = task_in(state)
    TRY[step](task)
    assert REACHED[step, state] is task.state


@pytest.mark.parametrize(
    ("step", "state"),
    sorted((step, state) for step in STEPS for state in TaskState if (step, state) not in REACHED),
)
def test_every_other_step_is_refused(step, state):
    """In any other state the step is refused, and nothing changes and nothing is told."""
    task = task_in(state)
    before = (task.state, task.values, task.submissions)
    with pytest.raises(WrongStepError) as refused:
        TRY[step](task)
    assert STATE_WORDS[state][0] in refused.value.text("zh")
    assert (before, []) == ((task.state, task.values, task.submissions), task.facts)


def test_a_report_says_every_unit():
    """A report without one of its units is refused: what is missing is not zero."""
    with pytest.raises(MissingUnitsError):
        new_task().submit({UNITS[0]: rate(1, 1)}, DAY)


def test_a_report_says_no_other_unit():
    """A report with a unit that is not its own is refused."""
    with pytest.raises(StrangeUnitError):
        new_task().submit({**VALUES, "610327101": rate(1, 1)}, DAY)


def test_a_report_says_what_is_asked():
    """A number where a share is asked is refused."""
    with pytest.raises(WrongFigureError):
        new_task().submit(dict.fromkeys(UNITS, figure_of("count", numerator=1)), DAY)


def test_a_report_that_needs_a_file():
    """Where evidence is asked, there is no report without a file."""
    task = new_task(evidence=True)
    with pytest.raises(NoEvidenceError):
        task.submit(VALUES, DAY)
    task.attach(PAPER, most=1)
    assert 1 == task.submit(VALUES, DAY)


def test_files():
    """A file is there once, can be taken away before handing in, and there is a limit."""
    task = new_task()
    task.attach(PAPER, most=1)
    task.attach(PAPER, most=1)
    assert (PAPER,) == task.files
    with pytest.raises(TooManyFilesError):
        task.attach(Attachment("b" * 64, "二.pdf", "application/pdf", 1), most=1)
    task.detach(PAPER.sha256)
    assert () == task.files
    with pytest.raises(UnknownReportFileError):
        task.detach(PAPER.sha256)


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_late_from_the_day_after(days, late):
    """A report of the due day is in time, one of the next day is late."""
    task = new_task()
    task.submit(VALUES, DUE + timedelta(days=days))
    (fact,) = task.facts
    assert isinstance(fact, Reported)
    assert late is fact.late


@pytest.mark.parametrize(("days", "marked"), [(-1, False), (0, False), (1, True)])
def test_overdue_from_the_day_after(days, marked):
    """A task is overdue from the day after its due day, told once; the state stays."""
    task = new_task()
    today = DUE + timedelta(days=days)
    assert marked is task.mark_overdue(today)
    assert [Overdue(task, today)] * marked == task.facts
    assert not task.mark_overdue(today + timedelta(days=0))
    assert TaskState.DUE is task.state


@pytest.mark.parametrize("state", sorted(set(TaskState) - {TaskState.DUE, TaskState.RETURNED}))
def test_what_was_reported_is_not_overdue(state):
    """Once it is the evaluator's turn, time does not run against the unit."""
    assert not task_in(state).mark_overdue(DUE + timedelta(days=90))


@pytest.mark.parametrize(("days", "colour"), [(-4, "blue"), (-3, "yellow"), (0, "yellow"), (1, "red")])
def test_colours(days, colour):
    """Blue in time, yellow from three days before and on the day, red past it."""
    assert colour == new_task().colour(DUE + timedelta(days=days))


def test_a_return_has_a_reason():
    """Nobody gets a report back without being told why."""
    with pytest.raises(EmptyReturnReasonError):
        task_in(TaskState.SUBMITTED).send_back("  ", DAY)


def test_a_returned_report_comes_again():
    """Handed in again it is the second submission, and the reason is gone."""
    task = task_in(TaskState.SUBMITTED)
    task.send_back("不符", DAY)
    assert 2 == task.submit(VALUES, DAY)
    assert "" == task.return_reason
    assert [Returned, Reported] == [type(fact) for fact in task.facts]


def test_accepting_tells_each_value():
    """The values of all units count from the day of acceptance."""
    task = task_in(TaskState.SUBMITTED)
    task.accept(DAY)
    assert [Accepted(task, unit, VALUES[unit], DAY) for unit in UNITS] == task.facts


def test_nobody_picks_what_is_checked():
    """A report that was not drawn is not checked."""
    with pytest.raises(WrongStepError):
        task_in(TaskState.ACCEPTED).check({}, "files", DAY)


def test_a_check_corrects_and_withdraws():
    """What was found stands instead; a value without ground goes; the greatest difference is all of it."""
    task = task_in(TaskState.ACCEPTED)
    task.draw("sample")
    assert 1 == task.check({UNITS[0]: None, UNITS[1]: rate(40, 50)}, "on_the_spot", DAY)
    assert TaskState.FOUND_WRONG is task.state
    first, second = task.facts
    assert isinstance(first, Checked)
    assert isinstance(second, Checked)
    assert ["withdrawn", None, 1] == [first.result, first.found, first.off_by]
    assert ("corrected", rate(40, 50), Fraction(1, 5)) == (second.result, second.found, second.off_by)


def test_the_same_value_is_no_correction():
    """A check that finds what was reported upholds it."""
    task = task_in(TaskState.ACCEPTED)
    task.draw("sample")
    assert 0 == task.check({UNITS[0]: VALUES[UNITS[0]]}, "files", DAY)
    assert TaskState.UPHELD is task.state


def test_drawn_twice_it_stays_with_the_first():
    """The first sample that drew a report has it checked."""
    task = task_in(TaskState.ACCEPTED)
    task.draw("first")
    task.draw("second")
    assert "first" == task.drawn_by
