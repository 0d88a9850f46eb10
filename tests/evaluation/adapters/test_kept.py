from datetime import date
from decimal import Decimal

import pytest

from services.evaluation.adapters.read_models_dispatch import find_reports, find_sites, find_undertakings
from services.evaluation.adapters.read_models_field_work import (
    attended_of,
    find_cadres,
    find_entries,
    reach_by_unit,
    untrained_new,
)
from services.evaluation.domain.dispatch.progress import Problem
from services.evaluation.service_layer.dispatch.progress import FileProgress, file_progress
from services.evaluation.service_layer.dispatch.undertaking import MakeUndertaking, make_undertakings
from services.evaluation.service_layer.field_work.cadre import EnrolCadre, enrol_cadres
from services.evaluation.service_layer.field_work.point_account import (
    EnterPoints,
    enter_points,
    open_accounts,
)
from services.evaluation.service_layer.field_work.training import (
    Attended,
    HoldClass,
    PlanClass,
    hold_class,
    plan_classes,
)
from services.evaluation.service_layer.field_work.work_entry import EnterWork, enter_work
from shared.kernel.errors import StaleVersionError
from shared.kernel.ids import derived_id
from shared.persistence.engine import reading
from tests.evaluation.samples import TODAY

TOWN, VILLAGE = "610327109", "610327109203"
REPORT = derived_id("progress", "town", "", TOWN, "202301")


@pytest.fixture(name="kept", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _kept(request, new_service):
    """A service on each kind of database, with what is owed, and its units."""
    service = new_service(request.getfixturevalue("database") if request.param == "postgresql" else None)
    service.sweep()
    yield service, [unit.id for unit in service.units()]
    service.engine.dispose()


def test_a_report_comes_back_as_it_was_filed(kept):
    """Every field of a filed report is read again as it was written."""
    service, units = kept
    problem = Problem("缺水管", "县水利局", date(2023, 2, 1))
    command = FileProgress(
        report_id=REPORT, on=TODAY, tasks_due=5, tasks_done=4, money_fen=10**12, problems=[problem]
    )
    file_progress(command, service.uow(), units)
    with reading(service.engine) as connection:
        (one,), total = find_reports(connection, unit=TOWN, state="filed")
    assert (1, 10**12, TODAY) == (total, one.money_fen, one.filed_on)
    assert [{"text": "缺水管", "unit": "县水利局", "due_on": "2023-02-01"}] == one.problems


def test_of_two_who_read_one_version_the_second_is_refused(kept):
    """Somebody who changes what another has just changed is told."""
    service, _ = kept
    with service.uow() as uow:
        one, other = uow.dispatch.reports.get(REPORT), uow.dispatch.reports.get(REPORT)
        one.filed_by, other.filed_by = "a", "b"
        uow.dispatch.reports.save(one)
        with pytest.raises(StaleVersionError):
            uow.dispatch.reports.save(other)


def test_what_is_owed_is_found_by_who_owes_it(kept):
    """A town's reports and sites, a department's sites, and what is late by a day."""
    service, units = kept
    make_undertakings(
        [
            MakeUndertaking(kind="project", text="甲", unit=TOWN, made_on=TODAY, due_on=TODAY),
            MakeUndertaking(
                kind="decision", text="乙", unit="县水利局", made_on=TODAY, due_on=date(2023, 2, 1)
            ),
        ],
        service.uow(),
        units,
    )
    with reading(service.engine) as connection:
        assert 1 == find_reports(connection, unit=TOWN)[1]
        assert 0 == find_reports(connection, due_before=date(2023, 1, 31))[1]
        assert 20 == find_reports(connection, due_before=date(2023, 2, 1), limit=3)[1]
        assert 10 == find_sites(connection, year=2023, town=TOWN)[1]
        assert len(service.towns) + 1 == find_sites(connection, year=2023, lead="县水利局")[1]
        assert ["甲"] == [one.text for one in find_undertakings(connection, unit=TOWN)[0]]
        assert 1 == find_undertakings(connection, due_before=date(2023, 1, 11))[1]


def test_reach_and_who_is_left(kept):
    """Of two new in post one was trained: half is reached, the other is left to train."""
    service, units = kept
    people = [EnrolCadre(number=one, unit=TOWN, since=date(2023, 1, 3), how="new") for one in ("a", "b")]
    first, second = enrol_cadres(people, service.uow(), service.field_work, units)
    plan = PlanClass(name="班", unit="县委组织部", method="online", due_on=TODAY)
    (class_id,) = plan_classes([plan], service.uow(), units)
    hold_class(HoldClass(class_id=class_id, on=TODAY, attended=[Attended(first, passed=True)]), service.uow())
    since = date(2023, 1, 1)
    with reading(service.engine) as connection:
        (reach,) = reach_by_unit(connection, since)
        assert (TOWN, 2, 1, Decimal("0.5")) == (reach.unit, reach.people, reach.trained, reach.share)
        assert [second] == [one.id for one in find_cadres(connection, untrained_since=since, limit=9)[0]]
        assert [second] == [one.id for one in untrained_new(connection, TOWN, limit=9)]
        assert ([("a", TOWN, True)], 1) == attended_of(connection, class_id, limit=9, offset=0)
        assert ([], 0) == attended_of(connection, class_id, unit="县水利局", limit=9, offset=0)


def test_points_are_exact_and_entries_are_found(kept):
    """A balance with hundredths comes back exactly; entries are found by kind and field."""
    service, units = kept
    (account,) = open_accounts([VILLAGE], TODAY, service.uow(), service.field_work)
    entry = EnterPoints(account_id=account, points=Decimal("-0.35"), reason="visit", on=TODAY)
    enter_points([entry], service.uow(), service.field_work)
    with service.uow() as uow:
        assert Decimal("9.65") == uow.field_work.accounts.get(account).balance
    article = EnterWork(kind="article", on=TODAY, unit=TOWN, level="city", field="social")
    enter_work([article, EnterWork(kind="volunteer_activity", on=TODAY, unit=TOWN)], service.uow(), units)
    with reading(service.engine) as connection:
        assert 2 == find_entries(connection, unit=TOWN, limit=9)[1]
        assert 1 == find_entries(connection, kinds=("article",), field="social", limit=9)[1]
