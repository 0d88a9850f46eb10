"""The figures on both databases: the same small county gives the same numbers."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from services.monitoring.adapters.read_models_governance import coverage, find_grids, watched
from services.monitoring.adapters.relocation.read_models import find_sites, relocated
from services.monitoring.adapters.report.counting import ReportFigures, codes_of
from services.monitoring.adapters.tables import cases
from services.monitoring.domain.grid import GridWorker
from services.monitoring.domain.relocation.work import WorkSeen
from services.monitoring.domain.report.period import KINDS, period_of
from services.monitoring.service_layer.dispute import OpenDispute, open_dispute
from services.monitoring.service_layer.grid import (
    AssignHouseholds,
    RecordGrid,
    assign_households,
    record_grid,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.housing.alert import (
    AppraiseHouse,
    MakeHouseSafe,
    RaiseHouseAlert,
    appraise_house,
    make_house_safe,
    raise_house_alert,
)
from services.monitoring.service_layer.relocation.finding import (
    FindHousingShortage,
    FindReturn,
    find_housing_shortage,
    find_return,
)
from services.monitoring.service_layer.relocation.site import (
    RecordSite,
    SettleHouseholds,
    record_site,
    settle_households,
)
from services.monitoring.service_layer.relocation.zero_employment import (
    SurveyLabour,
    survey_labour,
    sweep_zero_employment,
)
from shared.kernel.clock import at_hour
from tests.monitoring.case_kit import case_of, to_monitored
from tests.monitoring.kit import DAY, VILLAGE, family

TODAY = date(2022, 6, 30)


@pytest.fixture
def county(both_services):
    """A relocated family that is willing, without work and without room, in a grid and at a site."""
    service = both_services
    home = register_household(family(relocated=True), service.uow(), service.checks)
    workers = (GridWorker("lihua", "李华", head=True),)
    grid = RecordGrid(name="一组", level="group", area_code=VILLAGE, workers=workers, on=DAY)
    grid_id = record_grid(grid, service.uow())
    assign_households(AssignHouseholds(grid_id=grid_id, on=DAY, rest_of_village=True), service.uow())
    site = record_site(RecordSite(name="上岔安置点", area_code=VILLAGE, on=DAY), service.uow())
    settle_households(SettleHouseholds(site_id=site, household_nos=("H001",)), service.uow())
    survey = SurveyLabour(household_id=home, labourers=2, surveyed=2, willing=1, on=DAY)
    survey_labour(survey, service.uow())
    policy = service.relocation_policy
    assert 1 == sweep_zero_employment(DAY, service.uow(), policy)
    find_return(FindReturn(household_id=home, kind="two_places", on=DAY), service.uow(), policy)
    room = FindHousingShortage(household_id=home, floor_area=50, on=DAY)
    find_housing_shortage(room, service.uow(), policy)
    dispute = OpenDispute(area_code=VILLAGE, kind="land", on=DAY)
    open_dispute(dispute, service.uow(), service.governance_policy)
    return service


def count(service, kind):
    with service.engine.connect() as connection:
        figures = ReportFigures(connection, service.case_policy.limits, service.line)
        return figures.count(period_of(kind, DAY), "610327109")


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_there(county, kind):
    """A report has a list for each of its figures, also for what counts nothing."""
    assert codes_of(kind) == list(count(county, kind))


def test_what_is_open_at_the_end(county):
    """Spell and dispute in the month, return and shortage in the quarter, and who lies in a grid."""
    month, quarter = count(county, "monthly"), count(county, "quarterly")
    found = [month["zero_employment_open"], month["disputes_open"]]
    found += [quarter[code] for code in ("returns_open", "shortages_open", "in_grids", "households")]
    assert [1] * 6 == [len(one) for one in found]


def test_work_of_the_month(county):
    """A spell that began in the month and one that ended before it: one began, one works, none ended."""
    with county.uow() as uow:
        home = uow.grids.ids_of(["H001"])[0]
        uow.work_seen.take(
            [
                WorkSeen("s1", home, "p1", started_on=DAY),
                WorkSeen("s2", home, "p2", started_on=date(2022, 1, 1), ended_on=date(2022, 5, 31)),
                WorkSeen("s2", home, "p2", ended_on=date(2022, 5, 31)),
            ]
        )
        uow.commit()
    found = count(county, "monthly")
    assert (1, 1, 0) == tuple(len(found[code]) for code in ("working", "work_started", "work_ended"))
    assert 1 == sweep_zero_employment(TODAY, county.uow(), county.relocation_policy)


def test_lists_of_pages(county):
    """Sites, grids, coverage, relocated households and a worker's own: each found on both databases."""
    with county.engine.connect() as connection:
        (site,) = find_sites(connection, "610327")
        grids, _ = find_grids(connection, area_code=VILLAGE, level="group", limit=9, offset=0)
        (village,) = coverage(connection, VILLAGE)
        homes, _ = relocated(connection, area_code="", half="20221", limit=9, offset=0)
        crowded, _ = relocated(connection, area_code="", half="20221", crowded_below=20, limit=9, offset=0)
        mine, total = watched(connection, login="lihua", not_since=TODAY, limit=9, offset=0)
    assert (1, 1, 1) == (site.households, site.open_returns, site.open_shortages)
    assert [("李华", 1, 1)] == [(one.head_name, one.workers, one.households) for one in grids]
    assert (1, 1) == (village.households, village.covered)
    assert ["上岔安置点"] == [one.site_name for one in homes]
    assert [] == crowded
    assert (1, None) == (total, mine[0].visited_on)


def alert(service, home, grade):
    """Raise an alert on the 16th and grade it the day after."""
    policy = service.housing_policy
    told = RaiseHouseAlert(household_id=home, source="look", on=date(2022, 6, 16))
    id_ = raise_house_alert(told, service.uow(), policy)
    appraise_house(AppraiseHouse(alert_id=id_, grade=grade, on=date(2022, 6, 17)), service.uow(), policy)
    return id_


def test_a_house_that_is_not_dangerous_is_not_open(both_services):
    """Graded A it is done with; B is watched, and neither it nor its successor is open once that is safe."""
    service = both_services
    home = register_household(family(), service.uow(), service.checks)
    alert(service, home, "A")
    assert [] == count(service, "monthly")["housing_open"]
    alert(service, home, "B")
    assert 1 == len(count(service, "monthly")["housing_open"])
    newer = alert(service, home, "C")
    assert 1 == len(count(service, "monthly")["housing_open"])
    safe = MakeHouseSafe(alert_id=newer, way="repaired", on=date(2022, 6, 30))
    make_house_safe(safe, service.uow())
    assert [] == count(service, "monthly")["housing_open"]


def test_a_house_is_open_until_the_day_it_was_safe(both_services):
    """Safe on the first of July, it was open at the end of June."""
    home = register_household(family(), both_services.uow(), both_services.checks)
    command = MakeHouseSafe(alert_id=alert(both_services, home, "C"), way="repaired", on=date(2022, 7, 1))
    make_house_safe(command, both_services.uow())
    assert 1 == len(count(both_services, "monthly")["housing_open"])


def test_a_household_is_in_the_stock_once(both_services, clock):
    """Identified again, it counts with what it is now: one household, its new class, its people once."""
    service = both_services
    home = register_household(
        family(lifted_out=True, lifted_out_year=2018, household_type="100A03A03"),
        service.uow(),
        service.checks,
    )
    clock.set(at_hour(date(2022, 6, 10), 10))
    case_id = case_of(service, home, on=date(2022, 6, 10))
    to_monitored(service, clock, case_id)
    with service.engine.begin() as connection:
        row = dict(connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one())
        again = {"id": "again", "open_household": None, "identified_on": date(2022, 6, 29)}
        connection.execute(insert(cases).values(row | again | {"monitored_class": "100A03003"}))
    found = count(service, "monthly")
    figures = ("stock.100A03001", "stock.100A03003", "stock_open", "stock_persons", "helped_none")
    assert [0, 1, 1, 3, 1] == [len(found[code]) for code in figures]
