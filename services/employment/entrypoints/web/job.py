"""Jobs: the real-name register, one job with what is doubtful about it, starting and ending."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.employment.adapters.read_models import JobFilter, JobRow, find_jobs, job_by_id
from services.employment.domain.errors import JobNotFoundError
from services.employment.domain.job import Channel, EndReason
from services.employment.entrypoints.web.dependencies import (
    EmploymentAct,
    EmploymentAsk,
    job_area,
    labourer_area,
    part_of,
    read,
    towns,
)
from services.employment.entrypoints.web.labels import (
    JOB_END_CHOICES,
    JOB_ENDS,
    NOTHING,
    REGIONS,
    area_words,
    choices_of,
    remarks_of,
    words_of,
)
from services.employment.service_layer.job import EndJob, StartJob, end_job, start_job
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section
from shared.web.site import site_url

section = Section("job")

RUNNING = Badge("green", Words("务工中", "At work"))
ENDED = Badge("grey", Words("已结束", "Ended"))
YES_NO = (Choice("yes", "是", "Yes"), Choice("no", "否", "No"))


class StartForm(Form):
    started_on: Annotated[date, Label("开始日期", "Started on")]
    place_code: Annotated[
        str,
        Field(max_length=6),
        Label(
            "务工所在县（六位区划代码）",
            "Workplace (six-digit code)",
            hint_zh="本县为 610327；国（境）外务工不填",
            hint_en="this county is 610327; leave empty for work abroad",
        ),
    ] = ""
    abroad: Annotated[bool, Label("国（境）外务工", "Work abroad")] = False
    channel: Annotated[
        Channel | None, Label("就业渠道", "Channel", choices=choices_of("employment_channel"))
    ] = None
    monthly_pay_fen: Annotated[
        int | None, Field(ge=0, le=10**9), Label("月收入（元）", "Monthly pay (yuan)", widget="yuan")
    ] = None
    employer: Annotated[str, Field(max_length=100), Label("务工企业", "Employer")] = ""
    industry: Annotated[str, Field(max_length=50), Label("所属行业", "Industry")] = ""
    point_to_point: Annotated[
        Literal["yes", "no"] | None, Label("是否点对点输送", "Point-to-point transfer", choices=YES_NO)
    ] = None
    full_time: Annotated[bool, Label("全日制", "Full time")] = True


class EndForm(Form):
    version: Version
    reason: Annotated[EndReason, Label("结束原因", "Reason", choices=JOB_END_CHOICES)]
    ended_on: Annotated[
        date | None, Label("最后一天", "Last day", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


COLUMNS = (
    Column[JobRow]("开始", "Started", lambda row: row.job.started_on, link=lambda row: f"/jobs/{row.job.id}"),
    Column[JobRow]("结束", "Ended", lambda row: row.job.ended_on),
    Column[JobRow](
        "人编号", "Person no.", lambda row: row.person_no, link=lambda row: f"/labourers/{row.job.person_id}"
    ),
    Column[JobRow]("户编号", "Household no.", lambda row: row.household_no),
    Column[JobRow]("区域", "Region", lambda row: REGIONS[row.job.work.region]),
    Column[JobRow]("所在县", "Workplace", lambda row: row.job.work.place_code or None),
    Column[JobRow]("月收入（元）", "Pay (yuan)", lambda row: row.job.work.monthly_pay_fen, "yuan"),
    Column[JobRow]("企业", "Employer", lambda row: row.job.work.employer or None),
    Column[JobRow]("行业", "Industry", lambda row: row.job.work.industry or None),
    Column[JobRow]("渠道", "Channel", lambda row: words_of("employment_channel", row.job.work.channel)),
    Column[JobRow]("登记完整", "Complete", lambda row: row.job.work.complete),
    Column[JobRow]("存疑", "Remarks", lambda row: len(row.job.remarks) or None, "number"),
    Column[JobRow]("所在村", "Village", lambda row: area_words(row.job.area_code)),
)


@section.page("/jobs", "job.read", "employment/jobs.html", area_of=own_area)
def list_jobs(ask: EmploymentAsk, town: str = "", state: str = "running", doubtful: str = "") -> View:
    """List the jobs of the officer's area, the latest first."""
    wanted = JobFilter(town, {"running": True, "ended": False}.get(state), doubtful == "yes")
    with read(ask) as connection:
        rows, total = find_jobs(connection, ask.officer.area_code, wanted, part_of(ask))
    data = {"towns": towns(ask), "given": {"town": town, "state": state, "doubtful": doubtful}}
    return View(Words("务工实名台账", "Jobs"), data, Listing(COLUMNS, rows, total, ask.paging))


@section.page("/jobs/{job_id}", "job.read", "employment/job.html", area_of=job_area)
def show_job(ask: EmploymentAsk, job_id: str) -> View:
    """Show one job with what an officer should check in it."""
    with read(ask) as connection:
        row = job_by_id(connection, job_id)
    if row is None:
        raise JobNotFoundError(job_id=job_id)
    work = row.job.work
    pay = None if work.monthly_pay_fen is None else yuan_text(work.monthly_pay_fen)
    data = {
        "row": row,
        "badge": RUNNING if row.job.open else ENDED,
        "facts": [
            (Words("人编号", "Person no."), row.person_no),
            (Words("户编号", "Household no."), row.household_no),
            (Words("开始日期", "Started on"), row.job.started_on),
            (Words("结束日期", "Ended on"), row.job.ended_on),
            (Words("结束原因", "Reason"), JOB_ENDS[row.job.end_reason] if row.job.end_reason else None),
            (Words("区域", "Region"), REGIONS[work.region]),
            (Words("务工所在县", "Workplace"), work.place_code or None),
            (Words("月收入（元）", "Monthly pay (yuan)"), pay),
            (Words("务工企业", "Employer"), work.employer or None),
            (Words("所属行业", "Industry"), work.industry or None),
            (Words("就业渠道", "Channel"), words_of("employment_channel", work.channel)),
            (Words("点对点输送", "Point to point"), work.point_to_point),
            (Words("全日制", "Full time"), work.full_time),
            (Words("实名制登记完整", "Every item is filled"), work.complete),
        ],
        "remarks": remarks_of(row.job.remarks),
    }
    crumbs = (
        Crumb(Words("务工实名台账", "Jobs"), "/jobs"),
        Crumb(Words(row.person_no, row.person_no), f"/labourers/{row.job.person_id}"),
        Crumb(Words("务工记录", "Job")),
    )
    return View(Words("务工记录", "Job"), data, crumbs=crumbs)


@section.action(
    "/labourers/{person_id}/jobs",
    "job.start",
    Words("登记务工", "Record a job"),
    StartForm,
    permission="job.record",
    area_of=labourer_area,
)
def start(act: EmploymentAct, form: StartForm, person_id: str) -> Done:
    command = StartJob(
        person_id=person_id,
        started_on=form.started_on,
        place_code=form.place_code,
        channel=form.channel,
        monthly_pay_fen=form.monthly_pay_fen,
        employer=form.employer,
        industry=form.industry,
        point_to_point={"yes": True, "no": False, None: None}[form.point_to_point],
        abroad=form.abroad,
        full_time=form.full_time,
    )
    job_id = start_job(command, act.uow(), act.service.policy)
    return Done(f"/jobs/{job_id}", "务工已登记", "The job is recorded", {"id": job_id}, created=True)


@section.action(
    "/jobs/{job_id}/end",
    "job.end",
    Words("登记务工结束", "Record the end"),
    EndForm,
    permission="job.record",
    area_of=job_area,
)
def end(act: EmploymentAct, form: EndForm, job_id: str) -> Done:
    end_job(EndJob(job_id, form.ended_on or act.today, form.reason, form.version), act.uow())
    return Done(f"/jobs/{job_id}", "务工结束已登记", "The end is recorded", {"id": job_id})


def job_entry(ask: EmploymentAsk, row: JobRow) -> TimelineEntry:
    """Return a job as one entry of a person's time line."""
    job = row.job
    region, where = REGIONS[job.work.region], job.work.employer or job.work.place_code
    detail = NOTHING
    if job.ended_on is not None and job.end_reason is not None:
        reason = JOB_ENDS[job.end_reason]
        until = job.ended_on.isoformat()
        detail = Words(f"至 {until}，{reason.zh}", f"until {until}, {reason.en}")
    return TimelineEntry(
        job.started_on,
        Words(f"务工：{region.zh} {where}", f"Job: {region.en} {where}"),
        None if detail is NOTHING else detail,
        link=site_url(ask.request, f"/jobs/{job.id}"),
        badge=RUNNING if job.open else None,
    )
