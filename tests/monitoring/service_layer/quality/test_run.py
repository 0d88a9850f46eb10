import threading
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import func, select, update

from services.monitoring.adapters.read_models_quality import latest_runs
from services.monitoring.adapters.tables import data_errors, members, quality_runs
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.quality import run as running
from services.monitoring.service_layer.quality.answering import AnswerError, answer_error
from services.monitoring.service_layer.quality.checking import settled
from services.monitoring.service_layer.quality.run import TownRun, asked, run_rules, sweep_quality
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.errors import Problem
from shared.kernel.ids import random_ids
from tests.monitoring.kit import VILLAGE, family

RUN, FOUND, FIXED = (
    "monitoring.quality_run_completed.v1",
    "monitoring.data_error_found.v1",
    "monitoring.data_error_fixed.v1",
)
TOWN = "610327109"


def change(service, **values):
    with service.engine.begin() as connection:
        connection.execute(update(members).values(**values))


def test_run_finds_what_nobody_changed(service, household, outbox):
    """What became wrong without a command is found by a run, and gone by the next once it is right.

    D-1 and D-2 of three people go; the child is still in no school, which is D-10.
    """
    change(service, school_status=None, education=None)
    run_rules(service.uow(), service.quality)
    assert {"D-1", "D-2"} <= {event["rule"] for event in outbox(FOUND)}
    change(service, education="003")
    (again,) = [one for one in run_rules(service.uow(), service.quality) if one.households]
    assert (6, {"gone"}) == (again.gone, {event["how"] for event in outbox(FIXED)})


def test_second_run_changes_nothing(service, household, outbox):
    """A run over an unchanged registry opens and closes nothing; each town is told of every time."""
    run_rules(service.uow(), service.quality, area_code=TOWN)
    before = len(outbox(FOUND))
    (town,) = run_rules(service.uow(), service.quality, area_code=TOWN)
    assert (0, 0, before) == (town.found, town.gone, len(outbox(FOUND)))
    assert [4, 4] == [event["records"] for event in outbox(RUN)]


def test_counts_are_kept_for_the_marks(service, household):
    """How many households each rule was asked about, and how many broke it, is kept by the run."""
    change(service, education="003", school_status="003")
    run_rules(service.uow(), service.quality, area_code=TOWN)
    with service.engine.connect() as connection:
        totals = latest_runs(connection, "610327")
    assert (1, 1, 0) == (totals.asked["D-1"], totals.broken["D-1"], totals.asked["J-1"])


def test_village_rules_are_asked_about_villages(service):
    """A rule on villages was asked about as many villages as have a record."""
    counts = asked(TownRun(TOWN, villages=3), service.quality)
    assert (3, 0) == (counts["L-1"], counts["D-1"])


@pytest.mark.parametrize(
    ("day", "runs"), [(date(2022, 7, 31), 0), (date(2022, 8, 1), 10), (date(2022, 8, 2), 10)]
)
def test_sweep_runs_once_a_month(service, outbox, day, runs):
    """On the last day of the month of the latest run nothing happens; from the first of the next it runs."""
    sweep_quality(service.uow(), service.quality)
    before = len(outbox(RUN))
    service.clock._instant = at_hour(day, 10)
    assert isinstance(service.clock, SetClock)
    sweep_quality(service.uow(), service.quality)
    assert runs == len(outbox(RUN)) - before


def test_sweep_goes_through_the_towns_nobody_has(service, outbox):
    """One town looked at from the page is left out of the month's run, and no other."""
    run_rules(service.uow(), service.quality, area_code=TOWN)
    sweep_quality(service.uow(), service.quality)
    told = [event["area_code"] for event in outbox(RUN)]
    assert (10, 10, TOWN) == (len(told), len(set(told)), told[0])


def test_sweep_goes_on_where_it_broke_off(service, outbox, monkeypatch):
    """Killed after three towns, the next sweep goes through the other seven."""
    tell = running._tell

    def killed(*given):
        if len(outbox(RUN)) == 3:
            raise SystemError
        tell(*given)

    monkeypatch.setattr(running, "_tell", killed)
    with pytest.raises(SystemError):
        sweep_quality(service.uow(), service.quality)
    monkeypatch.setattr(running, "_tell", tell)
    sweep_quality(service.uow(), service.quality)
    told = [event["area_code"] for event in outbox(RUN)]
    assert (10, 10) == (len(told), len(set(told)))


@pytest.fixture
def broken(both_services):
    """A household whose errors no command has seen."""
    id_ = register_household(family(), both_services.uow(), both_services.checks)
    change(both_services, education="003", school_status=None)
    return id_


def counted(service, table, *where):
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


@pytest.mark.usefixtures("broken")
def test_two_workers_sweep_at_once(both_services, monkeypatch):
    """Each town is told of once, each error stands once, and neither worker fails."""
    together = threading.Barrier(2)

    def slowly(hits, standing, where, *rest):
        if VILLAGE in where.values():
            with suppress(threading.BrokenBarrierError):
                together.wait(2)
        return settled(hits, standing, where, *rest)

    monkeypatch.setattr(running, "settled", slowly)
    failed: list[Exception] = []

    def sweep():
        uow = both_services.uow()
        uow.ids = random_ids
        try:
            sweep_quality(uow, both_services.quality)
        except Exception as error:  # noqa: BLE001  (whatever it is, it must not be)
            failed.append(error)

    workers = [threading.Thread(target=sweep) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    rows, keys = counted(both_services, data_errors), func.count(data_errors.c.standing.distinct())
    with both_services.engine.connect() as connection:
        distinct = connection.execute(select(keys)).scalar_one()
    assert ([], 10, rows) == (failed, counted(both_services, quality_runs), distinct)


def test_an_answer_during_a_run_is_not_overwritten(both_services, broken, monkeypatch):
    """Who explains an error while a run finds it gone is told that it changed; the run's word stands."""
    run_rules(both_services.uow(), both_services.quality, area_code=TOWN)
    with both_services.engine.connect() as connection:
        query = select(data_errors.c.id).where(data_errors.c.household_id == broken)
        id_ = connection.execute(query.where(data_errors.c.state == "open").limit(1)).scalar_one()
    change(both_services, education="002", school_status="004")
    answers: list[str] = []

    def explain():
        uow = both_services.uow()
        uow.ids = random_ids
        command = AnswerError(error_id=id_, how="explained", on=date(2022, 7, 1), answer="入户核实属实")
        try:
            answer_error(command, uow, both_services.quality)
        except Problem:
            answers.append("refused")

    person = threading.Thread(target=explain)

    def meanwhile(_hits, standing, where, *rest):
        if VILLAGE in where.values() and person.ident is None:
            person.start()
            person.join(1)
        return settled([], standing, where, *rest)

    monkeypatch.setattr(running, "settled", meanwhile)
    run_rules(both_services.uow(), both_services.quality, area_code=TOWN)
    person.join(60)
    assert 1 == counted(both_services, data_errors, data_errors.c.id == id_, data_errors.c.state == "gone")
    assert ["refused"] == answers
