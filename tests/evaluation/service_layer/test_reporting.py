from datetime import date

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.adapters.read_models_reporting import (
    TaskSearch,
    file_of,
    find_tasks,
    get_task,
    submissions_of,
    turn_of,
    waiting_tasks,
)
from services.evaluation.domain.reporting.errors import (
    MissingUnitsError,
    NotTheReporterError,
    UnknownReportFileError,
    UnknownReportingTaskError,
)
from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.task import TaskState
from services.evaluation.service_layer.reporting import (
    AcceptReport,
    AttachReportFile,
    DetachReportFile,
    FileLimits,
    NewFile,
    NoteTooLongError,
    ReturnReport,
    SubmitReport,
    accept_report,
    attach_report_file,
    detach_report_file,
    return_report,
    submit_report,
    submit_reports,
)
from shared.kernel.errors import StaleVersionError
from shared.persistence.engine import reading
from tests.evaluation.reporting_tasks import office_on

LIMITS = FileLimits(1000, 3)
PDF = NewFile("佐证.pdf", b"%PDF-1.7 treated")
HEALTH = "县卫健局"
DAY = date(2022, 3, 20)


@pytest.fixture(name="office")
def _office(tmp_path):
    """A service on 2022-03-20: the reports of the first quarter are owed."""
    service = office_on(tmp_path, DAY)
    yield service
    service.engine.dispose()


def the_task(service, indicator, reporter=""):
    with reading(service.engine) as connection:
        search = TaskSearch(reporter, indicator, "2022Q1")
        return find_tasks(connection, search, today=DAY, limit=100)[0][0]


def kept(service, task_id):
    with reading(service.engine) as connection:
        return get_task(connection, task_id)


def told(service, fact):
    return [
        one.envelope for one in service.reads.search(JournalSearch(fact=f"evaluation.{fact}"), limit=2000)
    ]


def submission(task, number=9, **about):
    values = {unit: figure_of("rate", numerator=number, denominator=10) for unit in task.about}
    return SubmitReport(**{"task_id": task.id, "unit": task.reporter, "values": values, **about})


def test_one_report_gives_a_value_for_every_town(office):
    """A department reports for all towns; each value counts from its acceptance, and together."""
    task = the_task(office, "I07-3")
    assert HEALTH == task.reporter
    assert 1 == submit_report(submission(task, files=(PDF,), note="按名册"), office.uow(), LIMITS)
    board = office.scores.board(DAY)
    assert "missing" == board.unit("610327109").line("I07-3").status
    accept_report(AcceptReport(task_id=task.id), office.uow())
    board = office.scores.board(DAY)
    assert 90 == board.unit("610327109").line("I07-3").value
    assert 90 == board.unit(HEALTH).line("I07-3").value
    assert len(task.about) == len(told(office, "value_accepted"))


def test_events_carry_hashes_and_no_words(office):
    """What leaves the office names files by their hash; names, notes and reasons stay."""
    task = the_task(office, "I07-3")
    submit_report(submission(task, files=(PDF,), note="张三的说明"), office.uow(), LIMITS)
    return_report(ReturnReport(task_id=task.id, reason="李四没有签字"), office.uow())
    (reported,) = told(office, "value_reported")
    (returned,) = told(office, "value_returned")
    (sha256,) = reported.data["files"]
    assert 64 == len(sha256)
    for envelope in (reported, returned):
        assert not any(word in envelope.to_json() for word in ("张三", "李四", "佐证"))
    assert "李四没有签字" == kept(office, task.id).return_reason


def test_every_submission_stays_as_it_was(office):
    """A report handed in again is kept beside the first, with its figures and files."""
    task = the_task(office, "I07-3")
    submit_report(submission(task, 9, files=(PDF,)), office.uow(), LIMITS)
    return_report(ReturnReport(task_id=task.id, reason="请核对"), office.uow())
    submit_report(submission(task, 8), office.uow(), LIMITS)
    with reading(office.engine) as connection:
        second, first = submissions_of(connection, task.id)
    assert ["9", "8"] == [one.figures["610327109"]["numerator"] for one in (first, second)]
    assert first.files == second.files
    assert TaskState.SUBMITTED is kept(office, task.id).state


def test_files_are_given_only_with_their_report(office):
    """The same content is kept once; another report does not give it out."""
    one, other = the_task(office, "I07-3"), the_task(office, "I07-4")
    for task in (one, other):
        sha256 = attach_report_file(
            AttachReportFile(task_id=task.id, unit=HEALTH, file=PDF), office.uow(), LIMITS
        )
    detach_report_file(DetachReportFile(task_id=other.id, unit=HEALTH, sha256=sha256), office.uow())
    with reading(office.engine) as connection:
        assert ("application/pdf", PDF.content) == file_of(connection, kept(office, one.id), sha256)
        with pytest.raises(UnknownReportFileError):
            file_of(connection, kept(office, other.id), sha256)


def test_nobody_reports_for_another(office):
    """A unit hands in its own reports only."""
    task = the_task(office, "I07-3")
    with pytest.raises(NotTheReporterError):
        submit_report(submission(task, unit="县教体局"), office.uow(), LIMITS)
    assert TaskState.DUE is kept(office, task.id).state


def test_many_reports_together_or_none(office):
    """If one of many is refused, none is handed in."""
    one, other = the_task(office, "I07-3"), the_task(office, "I07-4")
    with pytest.raises(MissingUnitsError):
        submit_reports([submission(one), submission(other, values={})], office.uow(), LIMITS)
    assert TaskState.DUE is kept(office, one.id).state
    assert [1, 1] == submit_reports([submission(one), submission(other)], office.uow(), LIMITS)


def test_two_at_once(office):
    """Of two officers who saw the same version, the second is told to reload."""
    task = the_task(office, "I07-3")
    version = kept(office, task.id).version
    submit_report(submission(task, version=version), office.uow(), LIMITS)
    with pytest.raises(StaleVersionError):
        submit_report(submission(task, version=version), office.uow(), LIMITS)


def test_a_long_note(office):
    """A note has its limit."""
    task = the_task(office, "I07-3")
    with pytest.raises(NoteTooLongError):
        submit_report(submission(task, note="长" * 501), office.uow(), LIMITS)


def test_a_task_nobody_knows(office):
    """What does not exist is said not to exist."""
    with pytest.raises(UnknownReportingTaskError):
        accept_report(AcceptReport(task_id="nothing"), office.uow())


def test_whose_turn_it_is(office):
    """First the reporter's, then the evaluator's; a town without value sees who is to report it."""
    task = the_task(office, "I07-3")
    with reading(office.engine) as connection:
        (waiting,) = turn_of(connection, "I07-3", "610327109")
        assert waiting.waits_for_unit
        assert task.id in {one.id for one in waiting_tasks(connection, reporter=HEALTH)}
        assert [] == waiting_tasks(connection)
    submit_report(submission(task), office.uow(), LIMITS)
    with reading(office.engine) as connection:
        assert not turn_of(connection, "I07-3", HEALTH)[0].waits_for_unit
        assert [task.id] == [one.id for one in waiting_tasks(connection)]
