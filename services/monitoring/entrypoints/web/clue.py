"""Clues: the list of what waits, one clue with its reports, and the check at the household."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_clue import ClueRow, clue_of, find_clues, reports_of
from services.monitoring.adapters.read_models_follow_up import answers_given, answers_waiting, sheets_of
from services.monitoring.domain.verification_sheet import Judged, VerificationSheet, visitors_in
from services.monitoring.entrypoints.web.dependencies import (
    AmountFen,
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    clue_area,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import (
    NOBODY,
    choices_of,
    clue_badge,
    due_badge,
    several,
    words_of,
)
from services.monitoring.entrypoints.web.people import called, rows_for
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from shared.areas import areas
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("clue")

OUTCOMES = (
    Choice("risk", "存在风险，启动识别程序", "There is a risk: start the identification"),
    Choice("no_risk", "无风险，予以核销", "No risk: close the clue"),
    Choice("already_monitored", "已是监测对象", "The household is monitored already"),
)


INCOME = (
    Choice("below", "在监测范围内", "within the monitored range"),
    Choice("above", "高于监测范围", "above it"),
)
ABLE = (
    Choice("yes", "具备", "can cope"),
    Choice("no", "不具备", "cannot cope"),
)

Disaster = Annotated[
    str,
    Field(max_length=3),
    Label(
        "灾害子项",
        "Kind of disaster",
        hint_zh="风险为因自然灾害时填写；风险为其他时请在说明中写明",
        hint_en="for a natural disaster; for another risk say which in the note",
        choices=choices_of("disaster"),
    ),
]


class ReportForm(Form):
    risk: Annotated[str, Label("风险类型", "Risk", choices=choices_of("risk"))]
    detail: Disaster = ""
    source: Annotated[str, Label("线索来源", "Source", choices=choices_of("clue_source"))] = "01"
    on: OnDay = None
    note: Note = ""


class VerifyForm(Form):
    version: Version
    outcome: Annotated[
        Literal["risk", "no_risk", "already_monitored"],
        Label("入户核实结果", "What was found there", choices=OUTCOMES, widget="radio"),
    ]
    help_first: Annotated[
        bool,
        Label(
            "先行帮扶",
            "Help first",
            hint_zh="突发灾害或事故时，先落实帮扶，后补程序",
            hint_en="after a disaster or an accident: help now, complete the procedure afterwards",
        ),
    ] = False
    visitors: Annotated[
        str,
        Field(max_length=200),
        Label(
            "入户人员",
            "Who went there",
            hint_zh="用顿号隔开，一般不少于两人",
            hint_en="separated by commas; two or more as a rule",
        ),
    ] = ""
    income: Annotated[
        Literal["", "below", "above"],
        Label("① 农户收入", "1 Income", choices=INCOME),
    ] = ""
    self_paid_fen: Annotated[
        AmountFen, Label("② 合规自付支出（元）", "2 Compliant self-paid spending (yuan)", widget="yuan")
    ] = 0
    difficulties: Annotated[
        tuple[str, ...],
        Label("③ 突出困难问题", "3 Outstanding difficulties", choices=choices_of("difficulty")),
    ] = ()
    able: Annotated[Literal["", "yes", "no"], Label("④ 自主应对能力", "4 Ability to cope", choices=ABLE)] = ""
    on: Annotated[
        date | None, Label("核实日期", "Checked on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None
    note: Note = ""

    def judged(self) -> Judged:
        """Return the four-part judgement as the sheet keeps it."""
        return Judged(
            {"": None, "below": False, "above": True}[self.income],
            self.self_paid_fen,
            self.difficulties,
            {"": None, "no": False, "yes": True}[self.able],
        )


def columns(ask: MonitoringAsk) -> tuple[Column[ClueRow], ...]:
    """Return the columns of a list of clues, with how near each day is."""
    near = ask.service.case_policy.limits.near_days.on(ask.today)

    def state(row: ClueRow) -> object:
        badge = due_badge(row.verify_due_on, ask.today, near)
        return badge if row.is_open else clue_badge(is_open=False, outcome=row.outcome)

    return (
        Column[ClueRow](
            "风险", "Risk", lambda row: words_of("risk", row.risk), link=lambda row: f"/clues/{row.id}"
        ),
        Column[ClueRow](
            "户主", "Head", lambda row: row.head_name, link=lambda row: f"/households/{row.household_id}"
        ),
        Column[ClueRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[ClueRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[ClueRow]("报告次数", "Reports", lambda row: row.reports, "number"),
        Column[ClueRow]("首次报告", "First reported", lambda row: row.first_reported_on),
        Column[ClueRow]("核实期限", "Check by", lambda row: row.verify_due_on),
        Column[ClueRow]("状态", "State", state),
    )


@section.page("/clues", "clue.read", "monitoring/clues.html", area_of=own_area)
def list_clues(ask: MonitoringAsk, state: str = "open") -> View:
    """List the clues of the officer's area, what is due first on top."""
    with read(ask) as connection:
        rows, total = find_clues(
            connection,
            area_code=ask.officer.area_code,
            only_open=state != "all",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    listing = Listing(columns(ask), rows_for(ask.officer, rows), total, ask.paging)
    return View(Words("风险线索", "Clues"), {"state": state}, listing)


@section.page("/clues/{clue_id}", "clue.read", "monitoring/clue.html", area_of=clue_area)
def show_clue(ask: MonitoringAsk, clue_id: str) -> View:
    """Show one clue with every report of it."""
    with read(ask) as connection:
        clue = clue_of(connection, clue_id, ask.service.clock)
        number, name = head_of(connection, clue.household_id)
        reports = reports_of(connection, clue_id)
        sheets = sheets_of(connection, clue_id)
        answered = answers_given(connection, clue_id)
        answer_due = bool(answers_waiting(connection, "", clue_id=clue_id))
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    here = called(ask.officer, number, name)
    data = {
        "clue": clue,
        "risk": words_of("risk", clue.risk),
        "household": here,
        "state": due_badge(clue.verify_due_on, ask.today, near)
        if clue.is_open
        else clue_badge(is_open=False, outcome=clue.outcome),
        "limit": ask.service.clue_policy.verify_days.entry_on(clue.first_reported_on),
        "reports": [_entry(one.reported_on, one.source, one.cause, one.note) for one in reports],
        "sheets": [_sheet(one, ask) for one in sheets],
        "answer_due": answer_due,
        "answered": [(one.answered_on, words_of("answer_way", one.way), one.note) for one in answered],
    }
    crumbs = (Crumb(Words("风险线索", "Clues"), "/clues"), Crumb(words_of("risk", clue.risk)))
    return View(words_of("risk", clue.risk), data, crumbs=crumbs)


@section.action(
    "/households/{household_id}/clues",
    "clue.report",
    Words("报告风险线索", "Report a clue"),
    ReportForm,
    area_of=household_area,
)
def report(act: MonitoringAct, form: ReportForm, household_id: str) -> Done:
    on = form.on or act.today
    clue_id = report_clue(
        ReportClue(
            household_id=household_id,
            risk=form.risk,
            source=form.source,
            detail=form.detail,
            on=on,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.clue_policy,
    )
    page = f"/my-grid/households/{household_id}" if act.officer.role == "grid" else f"/clues/{clue_id}"
    return Done(page, "线索已登记", "The clue is recorded", {"id": clue_id}, created=True)


@section.action(
    "/clues/{clue_id}/verify",
    "clue.verify",
    Words("登记核实结果", "Record what was found"),
    VerifyForm,
    area_of=clue_area,
)
def verify(act: MonitoringAct, form: VerifyForm, clue_id: str) -> Done:
    case_id = verify_clue(
        VerifyClue(
            clue_id=clue_id,
            outcome=form.outcome,
            on=form.on or act.today,
            help_first=form.help_first,
            judged=form.judged(),
            visitors=visitors_in(form.visitors),
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        ),
        act.uow(),
    )
    body = {"id": clue_id, "case_id": case_id}
    if case_id is None:
        return Done("/clues", "线索已核销", "The clue is closed", body)
    return Done(f"/cases/{case_id}", "已核实，进入识别程序", "Checked; the case goes on", body)


def _sheet(one: VerificationSheet, ask: MonitoringAsk) -> dict[str, object]:
    least = ask.service.screening_policy.least_visitors.entry_on(one.made_on)
    return {
        "on": one.made_on,
        # Officials' names are the office's; who only assesses sees how many went.
        "visitors": "、".join(one.visitors) if ask.officer.role in _OFFICE else str(len(one.visitors)),
        "income": {None: NOBODY, True: INCOME[1].words, False: INCOME[0].words}[one.income_above_line],
        "self_paid_fen": one.self_paid_fen,
        "difficulties": several("difficulty", one.difficulties),
        "able": {None: NOBODY, True: ABLE[0].words, False: ABLE[1].words}[one.able_to_cope],
        "warnings": [Words(zh, en) for zh, en in one.warnings(least)],
        "source": least.source,
    }


_OFFICE = ("county", "town", "village")
_CAUSES = {
    "visit": Words("走访发现", "found by a visit"),
    "change": Words("户情变化达到预警标准", "a change reached a threshold"),
    "event": Words("行业部门数据推送", "another department's event"),
    "application": Words("农户书面申请", "the household's application"),
    "judgement": Words("集中排查判定", "judged in a screening round"),
    "sample": Words("抽样检查发现", "found by a sample inspection"),
    "return": Words("风险消除后回访发现", "found by a return visit"),
}


def _entry(on: date, source: str, cause: str, note: str) -> TimelineEntry:
    kind, _, origin = cause.partition(":")
    detail = _CAUSES.get(kind)
    if note:
        detail = Words(f"{detail.zh}：{note}", f"{detail.en}: {note}") if detail else Words(note, note)
    return TimelineEntry(
        on,
        words_of("clue_source", source),
        detail,
        event_ids=(origin,) if kind == "event" else (),
    )
