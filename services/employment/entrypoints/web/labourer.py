"""Labourers: the list of who can work and who does, and one person with every job, post and measure."""

from services.employment.adapters.read_models import (
    LabourerFilter,
    LabourerRow,
    find_labourers,
    jobs_of,
    labourer_by_id,
)
from services.employment.adapters.read_models_measure import measures_of_household
from services.employment.adapters.read_models_post import PlacementRow, placements_of
from services.employment.domain.errors import LabourerNotFoundError
from services.employment.entrypoints.web.dependencies import (
    EmploymentAsk,
    labourer_area,
    part_of,
    read,
    towns,
)
from services.employment.entrypoints.web.job import job_entry
from services.employment.entrypoints.web.labels import PLACEMENT_ENDS, area_words, words_of
from services.employment.entrypoints.web.measure import measure_columns
from shared.kernel.period import age_on
from shared.web.asking import Crumb, TimelineEntry, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section
from shared.web.site import site_url

section = Section("labourer", "/labourers")

WORKING = Badge("green", Words("务工中", "At work"))
ON_POST = Badge("blue", Words("在公益岗", "On a post"))
NOT_WORKING = Badge("grey", Words("无务工记录", "No work on record"))


def work_badge(row: LabourerRow) -> Badge:
    """Say whether the person has work now, and which kind."""
    if row.job_id:
        return WORKING
    return ON_POST if row.placement_id else NOT_WORKING


def columns(ask: EmploymentAsk) -> tuple[Column[LabourerRow], ...]:
    """Return the columns of a list of persons; nobody has a name here."""
    return (
        Column[LabourerRow](
            "人编号", "Person no.", lambda row: row.person_no, link=lambda row: f"/labourers/{row.person_id}"
        ),
        Column[LabourerRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[LabourerRow]("与户主关系", "Relation", lambda row: words_of("relation", row.relation)),
        Column[LabourerRow]("性别", "Sex", lambda row: words_of("sex", row.sex)),
        Column[LabourerRow]("年龄", "Age", lambda row: age_on(row.born_on, ask.today), "number"),
        Column[LabourerRow]("劳动技能", "Labour", lambda row: words_of("labour_skill", row.labour_skill)),
        Column[LabourerRow]("在校状况", "School", lambda row: words_of("school_status", row.school_status)),
        Column[LabourerRow]("脱贫户", "Lifted out", lambda row: row.lifted_out),
        Column[LabourerRow]("就业状态", "Work", work_badge),
        Column[LabourerRow]("所在村", "Village", lambda row: area_words(row.area_code)),
    )


@section.page("", "labourer.read", "employment/labourers.html", area_of=own_area)
def list_labourers(
    ask: EmploymentAsk, town: str = "", skill: str = "", working: str = "", household_no: str = ""
) -> View:
    """List the members of households in the officer's area, with the work they have now."""
    wanted = LabourerFilter(town, skill, household_no.strip(), {"yes": True, "no": False}.get(working))
    with read(ask) as connection:
        rows, total = find_labourers(connection, ask.officer.area_code, wanted, part_of(ask))
    data = {
        "towns": towns(ask),
        "given": {"town": town, "skill": skill, "working": working, "household_no": household_no},
        "skills": [(code, words_of("labour_skill", code)) for code in ("001", "002", "005", "003", "004")],
    }
    return View(Words("劳动力", "Labourers"), data, Listing(columns(ask), rows, total, ask.paging))


@section.page("/{person_id}", "labourer.read", "employment/labourer.html", area_of=labourer_area)
def show_labourer(ask: EmploymentAsk, person_id: str) -> View:
    """Show one person with every job, placement and measure."""
    with read(ask) as connection:
        labourer = labourer_by_id(connection, person_id)
        if labourer is None:
            raise LabourerNotFoundError(person_id=person_id)
        jobs = jobs_of(connection, person_id=person_id)
        placements = placements_of(connection, person_id=person_id)
        measures = [
            row
            for row in measures_of_household(connection, labourer.household_id)
            if row.measure.request.person_id in {None, person_id}
        ]
    entries = [job_entry(ask, row) for row in jobs] + [placement_entry(ask, row) for row in placements]
    number = labourer.member.person_no
    data = {
        "labourer": labourer,
        "facts": [
            (Words("户编号", "Household no."), labourer.household_no),
            (Words("与户主关系", "Relation"), words_of("relation", labourer.member.relation)),
            (Words("性别", "Sex"), words_of("sex", labourer.member.sex)),
            (Words("年龄", "Age"), labourer.age_on(ask.today)),
            (Words("劳动技能", "Labour"), words_of("labour_skill", labourer.member.labour_skill)),
            (Words("在校状况", "School"), words_of("school_status", labourer.member.school_status)),
            (Words("户类型", "Household type"), words_of("household_type", labourer.household_type)),
            (Words("脱贫户", "Lifted out"), labourer.lifted_out),
            (Words("易地搬迁户", "Relocated"), labourer.relocated),
            (Words("所在村", "Village"), area_words(labourer.area_code)),
        ],
        "entries": sorted(entries, key=lambda entry: str(entry.at), reverse=True),
        "measures": Listing(measure_columns(ask), measures, len(measures), ask.paging),
        "at_work": any(row.job.open for row in jobs),
        "on_post": any(row.placement.open for row in placements),
    }
    crumbs = (Crumb(Words("劳动力", "Labourers"), "/labourers"), Crumb(Words(number, number)))
    return View(Words(f"劳动力 {number}", f"Labourer {number}"), data, crumbs=crumbs)


def placement_entry(ask: EmploymentAsk, row: PlacementRow) -> TimelineEntry:
    """Return a placement as one entry of a person's time line."""
    placement, kind = row.placement, words_of("measure_100A42", row.kind)
    until = placement.ended_on or placement.ends_on
    detail = Words(f"至 {until.isoformat()}", f"until {until.isoformat()}")
    if placement.end_reason is not None:
        reason = PLACEMENT_ENDS[placement.end_reason]
        detail = Words(f"{detail.zh}，{reason.zh}", f"{detail.en}, {reason.en}")
    return TimelineEntry(
        placement.started_on,
        Words(f"公益岗位：{kind.zh}", f"Public-service post: {kind.en}"),
        detail,
        link=site_url(ask.request, f"/placements/{placement.id}"),
        badge=ON_POST if placement.open else None,
    )
