"""A grid worker's own pages: the households of the grid, and one of them to visit or to report."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.adapters.read_models import head_of, household_of, visits_of
from services.monitoring.adapters.read_models_clue import clues_of
from services.monitoring.adapters.read_models_governance import WatchedRow, grids_of_worker, watched
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, household_area, read
from services.monitoring.entrypoints.web.grid import WATCHED
from services.monitoring.entrypoints.web.labels import clue_badge, several, words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.task_item import Task
from shared.kernel.period import add_days
from shared.web.asking import Crumb, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("my_grid")
_TITLE = Words("我的网格", "My grid")
_MOST_TASKS = 200


@section.page("/my-grid", "my_grid.read", "monitoring/my_grid.html", area_of=own_area)
def show_my_grid(ask: MonitoringAsk, state: str = "all") -> View:
    """List the households of the worker's grids, those longest without a visit first."""
    every = ask.service.governance_policy.grid_visit_days.entry_on(ask.today)
    since = add_days(ask.today, -every.value)
    login = ask.officer.login
    with read(ask) as connection:
        names = [name for _id, name in grids_of_worker(connection, login)]
        _rows, waiting = watched(connection, login=login, not_since=since, limit=1, offset=0)
        rows, total = watched(
            connection,
            login=login,
            not_since=since if state == "due" else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    number, *rest = WATCHED
    linked = Column[WatchedRow](
        number.zh, number.en, number.value, link=lambda row: f"/my-grid/households/{row.id}"
    )
    data = {"grids": names, "waiting": waiting, "every": every, "state": state}
    return View(_TITLE, data, Listing((linked, *rest), rows, total, ask.paging))


@section.page(
    "/my-grid/households/{household_id}",
    "my_grid.read",
    "monitoring/my_grid_household.html",
    area_of=household_area,
)
def show_household(ask: MonitoringAsk, household_id: str) -> View:
    """Show what a grid worker needs of one household: who lives there, the last visits, what is open."""
    with read(ask) as connection:
        household = household_of(connection, household_id)
        number, name = head_of(connection, household_id)
        visits = visits_of(connection, household_id, limit=5)
        clues = clues_of(connection, household_id)
    here = called(ask.officer, number, name)
    data = {
        "household_id": household_id,
        "address": household.address,
        "members": [(one.name, words_of("relation", one.relation)) for one in household.present],
        "visits": [
            (one.made_on, words_of("visit_kind", one.kind), several("risk", one.risks)) for one in visits
        ],
        "clues": [
            (
                words_of("risk", one.risk),
                one.first_reported_on,
                clue_badge(is_open=one.is_open, outcome=one.outcome),
            )
            for one in clues
        ],
    }
    return View(here, data, crumbs=(Crumb(_TITLE, "/my-grid"), Crumb(here)))


def grid_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the households of a grid worker that nobody has visited for too long."""
    if ask.officer.role != "grid":
        return
    days = ask.service.governance_policy.grid_visit_days.on(ask.today)
    rows, _total = watched(
        connection,
        login=ask.officer.login,
        not_since=add_days(ask.today, 3 - days),
        limit=_MOST_TASKS,
        offset=0,
    )
    for row in rows:
        due_on = add_days(row.visited_on, days) if row.visited_on is not None else ask.today
        yield Task(
            Words("入户走访", "Visit the household"),
            f"/my-grid/households/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            due_on,
        )
