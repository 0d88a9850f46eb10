"""What waits for the officer: requested measures by their day, agreements that end, doubtful jobs."""

from services.employment.adapters.read_models import (
    JobFilter,
    LabourerFilter,
    Part,
    find_jobs,
    find_labourers,
)
from services.employment.adapters.read_models_measure import find_measures
from services.employment.adapters.read_models_post import PlacementRow, placements_ending
from services.employment.entrypoints.web.dependencies import EmploymentAsk, read
from services.employment.entrypoints.web.labels import area_words, words_of
from services.employment.entrypoints.web.measure import OPEN_STATES, measure_columns
from shared.kernel.period import add_days
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.section import Section

section = Section("task")

_SHOWN = 20
ENDING = (
    Column[PlacementRow](
        "人编号", "Person no.", lambda row: row.person_no, link=lambda row: f"/placements/{row.placement.id}"
    ),
    Column[PlacementRow]("岗位类别", "Kind", lambda row: words_of("measure_100A42", row.kind)),
    Column[PlacementRow]("所在村", "Village", lambda row: area_words(row.placement.area_code)),
    Column[PlacementRow]("协议到期", "Agreement ends", lambda row: row.placement.ends_on),
)


@section.page("/", "task.read", "employment/tasks.html", area_of=own_area)
def my_tasks(ask: EmploymentAsk) -> View:
    """Show what waits, what is due first on top."""
    area, policy = ask.officer.area_code, ask.service.policy
    ahead = policy.post_ends_soon_days.entry_on(ask.today)
    with read(ask) as connection:
        measures, open_measures = find_measures(connection, area, "", OPEN_STATES, Part(_SHOWN))
        ending = placements_ending(connection, area, add_days(ask.today, ahead.value))
        _, at_work = find_jobs(connection, area, JobFilter(running=True), Part(1))
        _, doubtful = find_jobs(connection, area, JobFilter(running=True, doubtful=True), Part(1))
        _, without = find_labourers(connection, area, LabourerFilter(working=False, skill="001"), Part(1))
    overdue = sum(row.measure.request.due_on < ask.today for row in measures)
    data = {
        "measures": Listing(measure_columns(ask), measures, open_measures, Paging(1, _SHOWN)),
        "ending": Listing(ENDING, ending, len(ending), Paging(1, max(1, len(ending)))),
        "ending_days": ahead,
        "counts": {
            "open": open_measures,
            "overdue": overdue,
            "at_work": at_work,
            "doubtful": doubtful,
            "without": without,
        },
    }
    return View(Words("我的待办", "My tasks"), data)
