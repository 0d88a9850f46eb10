"""A household's house, water and toilet on one page, with everything that can be recorded of them."""

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_place import (
    CheckRow,
    LookRow,
    PlaceRow,
    checks_of,
    looks_of,
    processes_of,
)
from services.monitoring.adapters.tables import (
    house_alerts,
    rebuilds,
    toilet_problems,
    toilets,
    water_problems,
    water_rounds,
)
from services.monitoring.domain.environment.toilet_problem import ToiletProblem
from services.monitoring.domain.housing.alert import HouseAlert
from services.monitoring.domain.housing.rebuild import Rebuild
from services.monitoring.domain.process import Process
from services.monitoring.domain.water.problem import WaterProblem
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, household_area, read
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.place.frame import (
    HOUSING,
    TOILETS,
    WATER,
    FormShown,
    reads_notes,
    state_badge,
)
from services.monitoring.entrypoints.web.place.water_round import check_columns
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("place")

_TITLE = Words("住房、饮水、户厕", "House, water, toilet")


@section.page(
    "/households/{household_id}/places",
    "household.read",
    "monitoring/household_places.html",
    area_of=household_area,
)
def show_places(ask: MonitoringAsk, household_id: str) -> View:
    """Show what is kept of a household's house, water and toilet."""
    with read(ask) as connection:
        here = called(ask.officer, *head_of(connection, household_id))
        alerts = processes_of(connection, house_alerts, "grade", household_id)
        listed = processes_of(connection, rebuilds, "cause", household_id)
        found = processes_of(connection, water_problems, "criterion", household_id)
        wrong = processes_of(connection, toilet_problems, "kind", household_id)
        looks = looks_of(connection, household_id)
        checks = checks_of(connection, household_id)
        toilet_ids = connection.execute(
            toilets.select()
            .with_only_columns(toilets.c.id, toilets.c.toilet_no)
            .where(toilets.c.household_id == household_id)
        ).all()
        round_id = connection.execute(
            water_rounds.select()
            .with_only_columns(water_rounds.c.id)
            .where(water_rounds.c.first_on <= ask.today, water_rounds.c.last_on >= ask.today)
        ).scalar()
    forms = _forms(ask, household_id, alerts, listed, round_id)
    data = {
        "household_id": household_id,
        "house_forms": forms["house"],
        "water_forms": forms["water"],
        "toilet_forms": forms["toilet"],
        "round_open": round_id is not None,
        "alerts": _processes(ask, HouseAlert, alerts, "/housing/alerts", "house_grade"),
        "rebuilds": _processes(ask, Rebuild, listed, "/housing/rebuilds", "rebuild_cause"),
        "problems": _processes(ask, WaterProblem, found, "/water/problems", "water_criterion"),
        "toilet_problems": _processes(ask, ToiletProblem, wrong, "/toilet-problems", "toilet_problem"),
        "looks": _looks(ask, looks),
        "checks": _checks(ask, checks),
        "toilets": [(row.id, row.toilet_no) for row in toilet_ids],
    }
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(_TITLE),
    )
    return View(_TITLE, data, crumbs=crumbs)


def _forms(
    ask: MonitoringAsk,
    household_id: str,
    alerts: list[PlaceRow],
    listed: list[PlaceRow],
    round_id: str | None,
) -> dict[str, list[FormShown]]:
    """Return what this officer can record here; a department only what is its own."""

    def mine(units: frozenset[str]) -> bool:
        return ask.officer.role != "department" or ask.officer.unit in units

    home = {"household_id": household_id}
    house, water, toilet = [], [], []
    if mine(HOUSING):
        house = [FormShown("house.look", home)]
        if not any(row.state not in HouseAlert.CLOSED for row in alerts):
            house.append(FormShown("house.report", home))
        if not any(row.state not in Rebuild.CLOSED for row in listed):
            house.append(FormShown("rebuild.list", home))
    if mine(WATER):
        if round_id is not None:
            water = [FormShown("water_round.check", {**home, "round_id": round_id})]
        water.append(FormShown("water_problem.find", home))
    if mine(TOILETS):
        toilet = [FormShown("toilet.record", home)]
    return {"house": house, "water": water, "toilet": toilet}


def _processes(
    ask: MonitoringAsk, kind: type[Process], rows: list[PlaceRow], path: str, codes_of: str
) -> Listing[PlaceRow]:
    def told(row: PlaceRow) -> Words:
        return words_of(codes_of, row.detail) if row.detail else Words("查看", "See")

    columns = (
        Column[PlaceRow]("内容", "What", told, link=lambda row: f"{path}/{row.id}"),
        Column[PlaceRow]("环节", "At", lambda row: state_badge(ask, kind, row.state, row.due_on)),
        Column[PlaceRow]("期限", "Due", lambda row: row.due_on),
        Column[PlaceRow]("上一步", "Last step", lambda row: row.last_step_on),
    )
    return Listing(columns, rows, len(rows), ask.paging)


def _looks(ask: MonitoringAsk, rows: list[LookRow]) -> Listing[LookRow]:
    columns = (
        Column[LookRow]("查看日期", "Day", lambda row: row.made_on),
        Column[LookRow](
            "结果",
            "Found",
            lambda row: (
                Badge("red", Words("有险情", "danger"))
                if row.danger
                else Badge("green", Words("未发现险情", "no danger"))
            ),
        ),
        Column[LookRow]("情况", "What", lambda row: (row.note or None) if reads_notes(ask) else None),
    )
    return Listing(columns, rows, len(rows), ask.paging)


def _checks(ask: MonitoringAsk, rows: list[CheckRow]) -> Listing[CheckRow]:
    columns = (Column[CheckRow]("入户日期", "Day", lambda row: row.checked_on), *check_columns())
    return Listing(columns, rows, len(rows), ask.paging)
