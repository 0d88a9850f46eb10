"""Appeals on pages: what waits, one appeal with the events behind its point, and the rulings."""

from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_assessment import AppealSearch
from services.evaluation.domain.appeal import STATE_WORDS, Appeal, AppealState
from services.evaluation.domain.assessment_errors import NotOwnPointError
from services.evaluation.domain.errors import UnknownScoreError
from services.evaluation.entrypoints.web.assessment import is_own, may_see_unit, unit_sought
from services.evaluation.entrypoints.web.assessment_sheet import appeal_badge
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.journal import event_rows
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.service_layer.appeal import (
    AcceptAppeal,
    RejectAppeal,
    UpholdAppeal,
    WithdrawAppeal,
    accept_appeal,
    reject_appeal,
    uphold_appeal,
    withdraw_appeal,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("appeal", prefix="/appeals")

APPEALS = Words("考评申诉", "Appeals")
_SHOWN_EVENTS = 200
"""Events listed on the page of an appeal; all of them stand on the page of the line."""
KINDS = {
    "event_discounted": Words("某条事件不计", "An event does not count"),
    "case_counted": Words("补计当日事实", "A fact of a day counts"),
    "value_replaced": Words("以核定数值代替", "The checked value takes its place"),
}
Ruling = Annotated[
    str,
    Field(min_length=1, max_length=1000),
    Label("裁定理由", "Reason of the ruling", lines=4, hint_zh="不写个人姓名", hint_en="name no person"),
]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$")]


class StepForm(Form):
    version: Version


class RejectForm(Form):
    version: Version
    ruling: Ruling


class UpholdForm(Form):
    """What is counted otherwise; which fields are needed depends on the kind."""

    version: Version
    kind: Annotated[
        Literal["event_discounted", "case_counted", "value_replaced"],
        Label("更正方式", "Correction", choices=[Choice(key, one.zh, one.en) for key, one in KINDS.items()]),
    ]
    event_id: Annotated[
        str,
        Field(max_length=64),
        Label(
            "不计的事件",
            "Event that does not count",
            hint_zh="在下列事件中点“裁定不计此条”自动填入",
            hint_en="filled in by the link beside the event below",
        ),
    ] = ""
    numerator: Annotated[
        Number, Label("分子", "Numerator", hint_zh="补计或核定数", hint_en="added, or checked")
    ] = "0"
    denominator: Annotated[Number, Label("分母", "Denominator")] = "0"
    ruling: Ruling


def point_words(appeal: Appeal) -> Words:
    """Return what an appeal is about."""
    unit = unit_words(appeal.point.unit)
    return Words(f"{unit.zh} {appeal.point.indicator}", f"{unit.en} {appeal.point.indicator}")


COLUMNS = (
    Column[Appeal]("申诉", "Appeal", point_words, link=lambda row: f"/appeals/{row.id}"),
    Column[Appeal]("提出日期", "Filed on", lambda row: row.filed_on),
    Column[Appeal]("状态", "State", appeal_badge),
    Column[Appeal]("受理日期", "Accepted on", lambda row: row.accepted_on),
    Column[Appeal]("办结日期", "Decided on", lambda row: row.decided_on),
)


@section.page("", "appeal.read", "evaluation/appeals.html")
def list_appeals(ask: EvaluationAsk, state: str = "", unit: str = "") -> View:
    """List the appeals; of who is assessed, its own."""
    sought = unit_sought(ask.officer, unit)
    wanted, reads = AppealSearch(unit=sought or "", state=state), ask.service.reads
    rows = [] if sought is None else reads.appeals(wanted, ask.paging.size, ask.paging.offset)
    total = 0 if sought is None else reads.count_appeals(wanted)
    data = {
        "state": state,
        "unit": unit,
        "units": [(one.id, one.name) for one in ask.service.units() if may_see_unit(ask.officer, one.id)],
        "states": [(str(one), Words(*STATE_WORDS[one])) for one in AppealState],
    }
    return View(APPEALS, data, Listing(COLUMNS, rows, total, ask.paging))


@section.page("/{appeal_id}", "appeal.read", "evaluation/appeal.html")
def show_appeal(ask: EvaluationAsk, appeal_id: str, event: str = "") -> View:
    """Show an appeal: the point as it was shown, as it would be now, and every event behind it.

    *event* is filled in where a ruling may discount one.
    """
    found = ask.service.reads.appeal(appeal_id)
    if not may_see_unit(ask.officer, found.point.unit):
        raise NotOwnPointError
    point = found.point
    version = ask.service.reads.version(point.assessment_id, point.number)
    line = next(
        one for one in version.lines if (one["unit"], one["indicator"]) == (point.unit, point.indicator)
    )
    events = _evidence(ask, found)
    shown = ask.service.reads.events(events[:_SHOWN_EVENTS])
    data = {
        "appeal": found,
        "state": appeal_badge(found),
        "states": [(str(one), Words(*STATE_WORDS[one])) for one in AppealState],
        "unit": unit_words(point.unit),
        "line": line,
        "sheet": path_to("assessments", point.assessment_id, "units", point.unit),
        "line_path": path_to("units", point.unit, point.indicator),
        "same_days": f"?as_of={version.as_of}&known_at={ask.today}",
        "events": event_rows(ask, shown),
        "all_events": len(events),
        "chosen": event if event in events else "",
        "own": is_own(ask.officer, point.unit),
    }
    title = point_words(found)
    return View(title, data, crumbs=(Crumb(APPEALS, "/appeals"), Crumb(title)))


def _evidence(ask: EvaluationAsk, appeal: Appeal) -> tuple[str, ...]:
    """Return the events behind the point as it is counted today."""
    assessed = ask.service.reads.assessment(appeal.point.assessment_id)
    board = ask.service.scores.board(assessed.as_of, max(ask.today, assessed.as_of))
    try:
        return board.unit(appeal.point.unit).line(appeal.point.indicator).evidence
    except UnknownScoreError:
        return ()


@section.action(
    "/{appeal_id}/accept", "appeal.accept", Words("受理", "Accept"), StepForm, permission="appeal.review"
)
def accept(act: EvaluationAct, form: StepForm, appeal_id: str) -> Done:
    accept_appeal(AcceptAppeal(appeal_id, form.version), act.uow())
    return Done(f"/appeals/{appeal_id}", "已受理，开始复核", "Accepted for review", {"id": appeal_id})


@section.action(
    "/{appeal_id}/uphold",
    "appeal.uphold",
    Words("裁定成立并更正", "Uphold it, with its correction"),
    UpholdForm,
    permission="appeal.review",
    danger=True,
)
def uphold(act: EvaluationAct, form: UpholdForm, appeal_id: str) -> Done:
    command = UpholdAppeal(
        appeal_id,
        form.kind,
        form.ruling,
        form.event_id,
        form.numerator,
        form.denominator,
        version=form.version,
    )
    correction_id = uphold_appeal(command, act.uow(), act.service.scores)
    body = {"id": appeal_id, "correction_id": correction_id}
    return Done(
        f"/appeals/{appeal_id}", "已裁定成立，更正计入下一版", "Upheld: the next version counts it", body
    )


@section.action(
    "/{appeal_id}/reject",
    "appeal.reject",
    Words("驳回", "Reject"),
    RejectForm,
    permission="appeal.review",
    danger=True,
)
def reject(act: EvaluationAct, form: RejectForm, appeal_id: str) -> Done:
    reject_appeal(RejectAppeal(appeal_id, form.ruling, form.version), act.uow())
    return Done(f"/appeals/{appeal_id}", "已驳回，得分不变", "Rejected: the point stands", {"id": appeal_id})


@section.action(
    "/{appeal_id}/withdraw",
    "appeal.withdraw",
    Words("撤回申诉", "Withdraw"),
    StepForm,
    permission="appeal.file",
)
def withdraw(act: EvaluationAct, form: StepForm, appeal_id: str) -> Done:
    unit = act.officer.area_code if act.officer.role == "town" else act.officer.unit
    withdraw_appeal(WithdrawAppeal(appeal_id, unit, form.version), act.uow())
    return Done(f"/appeals/{appeal_id}", "申诉已撤回", "The appeal is withdrawn", {"id": appeal_id})
