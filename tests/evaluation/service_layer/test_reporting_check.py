from datetime import date

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.adapters.read_models_reporting import (
    TaskSearch,
    find_tasks,
    get_sample,
    get_task,
    samples_of,
    tasks_drawn_by,
)
from services.evaluation.domain.reporting.errors import NothingToSampleError, UnknownReportSampleError
from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.sample import digest_of
from services.evaluation.domain.reporting.task import TaskState
from services.evaluation.service_layer.reporting import (
    AcceptReport,
    FileLimits,
    SubmitReport,
    accept_reports,
    submit_reports,
)
from services.evaluation.service_layer.reporting_check import (
    CheckReport,
    DrawReportSample,
    FreezeReportSample,
    check_report,
    draw_report_sample,
    freeze_report_sample,
)
from shared.kernel.clock import at_hour
from shared.persistence.engine import reading
from tests.evaluation.reporting_tasks import office_on

DAY = date(2022, 3, 20)
TOWN = "610327109"


@pytest.fixture(name="office")
def _office(tmp_path):
    """A service whose towns have four accepted reports each of the first quarter."""
    service = office_on(tmp_path, DAY)
    tasks = [one for name in ("I10-5", "I19-3", "I28-4", "I29-3") for one in found(service, name)]
    value = figure_of("rate", numerator=48, denominator=50)
    commands = [
        SubmitReport(task_id=one.id, unit=one.reporter, values={one.reporter: value}) for one in tasks
    ]
    submit_reports(commands, service.uow(), FileLimits(1000, 3))
    accept_reports([AcceptReport(task_id=one.id) for one in tasks], service.uow())
    yield service
    service.engine.dispose()


def found(service, indicator):
    with reading(service.engine) as connection:
        search = TaskSearch(indicator=indicator)
        return find_tasks(connection, search, today=DAY, limit=100)[0]


def told(service, fact):
    return [one.envelope for one in service.reads.search(JournalSearch(fact=f"evaluation.{fact}"), limit=500)]


def freeze(service):
    return freeze_report_sample(
        FreezeReportSample(title="一季度抽查"), service.uow(), service.rulebook.figures
    )


def drawn(service, seed="20220320"):
    sample_id = freeze(service)
    draw_report_sample(DrawReportSample(sample_id=sample_id, seed=seed), service.uow())
    with reading(service.engine) as connection:
        return get_sample(connection, sample_id), tasks_drawn_by(connection, sample_id)


def check(service, task, found):
    return check_report(CheckReport(task_id=task.id, found=found), service.uow(), service.rulebook.figures)


def test_a_sample_is_drawn_from_the_frozen_list(office):
    """Of forty accepted reports one of each town is drawn; list and seed are told."""
    sample, tasks = drawn(office)
    assert (40, 10, 10) == (len(sample.listed), len(sample.drawn), len(tasks))
    assert digest_of(sample.listed) == sample.digest
    assert 10 == len({task.reporter for task in tasks})
    (event,) = told(office, "report_sample_drawn")
    assert (sample.digest, "20220320", 40) == tuple(event.data[name] for name in ("digest", "seed", "listed"))
    with reading(office.engine) as connection:
        assert [sample.id] == [one.id for one in samples_of(connection)]


def test_what_was_drawn_is_not_listed_again(office):
    """The next list leaves out what is being checked."""
    drawn(office)
    with reading(office.engine) as connection:
        assert 30 == len(get_sample(connection, freeze(office)).listed)


def test_nothing_accepted(service):
    """Without an accepted report there is no list."""
    with pytest.raises(NothingToSampleError):
        freeze(service)


def test_a_sample_nobody_knows(office):
    """A sample that does not exist is not drawn."""
    with pytest.raises(UnknownReportSampleError):
        draw_report_sample(DrawReportSample(sample_id="nothing", seed="20220320"), office.uow())


def test_a_report_that_was_right(office):
    """Upheld: told with no value, nothing else happens."""
    _, tasks = drawn(office)
    assert (0, 0) == check(office, tasks[0], {})
    (event,) = told(office, "value_checked")
    assert ("upheld", "0.00") == (event.data["result"], event.data["off_by_percent"])
    assert "value" not in event.data


@pytest.mark.parametrize(
    ("numerator", "reviewed"),
    [(44, 0), ("43.6364", 0), (43, 3), (40, 3)],
    ids=["9.09 percent", "just under 10", "11.63 percent", "20 percent"],
)
def test_a_difference_above_the_limit_opens_a_review(office, numerator, reviewed):
    """Off by more than ten percent of what was found: the unit's other accepted reports are all checked."""
    _, tasks = drawn(office)
    (task,) = [one for one in tasks if one.reporter == TOWN]
    _, others = check(office, task, {TOWN: figure_of("rate", numerator=numerator, denominator=50)})
    assert reviewed == others
    with reading(office.engine) as connection:
        review = tasks_drawn_by(connection, f"review:{task.id}")
        assert TaskState.FOUND_WRONG is get_task(connection, task.id).state
    assert reviewed == len(review)
    assert {TOWN} >= {one.reporter for one in review}
    assert (1 if reviewed else 0) == len(told(office, "report_review_opened"))


def test_a_corrected_value_counts_instead(office):
    """The line follows the correction from the day of the check; the day before it was as reported."""
    _, tasks = drawn(office)
    (task,) = [one for one in tasks if one.reporter == TOWN]
    office.clock.set(at_hour(date(2022, 3, 25), 9))
    check(office, task, {TOWN: figure_of("rate", numerator=40, denominator=50)})
    values = [
        office.scores.board(date(2022, 3, day)).unit(TOWN).line(task.indicator).value for day in (24, 25)
    ]
    assert [96, 80] == values


def test_a_withdrawn_value_is_missing(office):
    """A value without ground is gone, and the line says so."""
    _, tasks = drawn(office)
    (task,) = [one for one in tasks if one.reporter == TOWN]
    assert (1, 3) == check(office, task, {TOWN: None})
    assert "missing" == office.scores.board(DAY).unit(TOWN).line(task.indicator).status


def test_a_check_after_the_year_counts_for_the_year(tmp_path):
    """What was found false in January was false on 31 December, though nobody knew it then."""
    service = office_on(tmp_path, date(2022, 12, 15))
    last = date(2022, 12, 31)
    task = next(one for one in found(service, "I10-5") if one.reporter == TOWN and one.period == "2022Q4")
    value = figure_of("rate", numerator=48, denominator=50)
    submit_reports(
        [SubmitReport(task_id=task.id, unit=TOWN, values={TOWN: value})], service.uow(), FileLimits(1000, 3)
    )
    accept_reports([AcceptReport(task_id=task.id)], service.uow())
    service.clock.set(at_hour(date(2023, 1, 5), 9))
    drawn(service)
    check(service, task, {TOWN: figure_of("rate", numerator=5, denominator=50)})
    known = (last, date(2023, 1, 5))
    then, now = (service.scores.board(last, day).unit(TOWN).line("I10-5") for day in known)
    assert (96, 10) == (then.value, now.value)
    service.engine.dispose()
