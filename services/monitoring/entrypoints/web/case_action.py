"""What can be done to a case from its page: one form and one action per step of the procedure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from services.monitoring.adapters.read_models_case import area_of_case, case_of
from services.monitoring.domain.monitored_class import CLASSES
from services.monitoring.domain.publicity import Notice
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decision
from shared.web.asking import Ask, Done
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("case")

OFFICE = frozenset({"county", "town", "village"})
"""Who may read what was noted and what hung in the village: it names people."""

RequiredNote = Annotated[str, Field(min_length=1, max_length=500), Label("说明（必填）", "Reason", lines=3)]
Votes = Annotated[int, Field(ge=0, le=10_000)]


def case_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the case a page or action names."""
    with read(ask) as connection:
        return area_of_case(connection, given["case_id"])


def notice_for(ask: MonitoringAsk, notice: Notice | None) -> Notice | None:
    """Return a notice as the officer may see it: its text names the head of the household."""
    if notice is None or ask.officer.role in OFFICE:
        return notice
    return replace(notice, text_zh="", text_en="")


def checks(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the checks of the comparison, each with who owns the data."""
    found = ask.service.case_policy.checks
    return [
        Choice(
            key,
            f"{figure.label.zh}（{figure.on(ask.today)}，未确认）",
            f"{figure.label.en} ({figure.on(ask.today)}, unconfirmed)",
        )
        for key, figure in found.items()
    ]


def open_objections(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the objections of the case the address names that wait for an answer."""
    case_id = ask.request.path_params.get("case_id")
    if case_id is None:
        return ()
    with read(ask) as connection:
        notice = case_of(connection, case_id, ask.service.clock).notice
    return [
        Choice(
            str(one.number), f"第 {one.number} 条（{one.raised_on}）", f"No. {one.number} ({one.raised_on})"
        )
        for one in (notice.open_objections if notice else ())
    ]


class VersionForm(Form):
    version: Version


class GivenForm(Protocol):
    """What every form of a step has."""

    @property
    def version(self) -> int: ...
    @property
    def on(self) -> date | None: ...
    @property
    def note(self) -> str: ...


class StepForm(VersionForm):
    on: OnDay = None
    note: Note = ""


class ReasonForm(VersionForm):
    note: RequiredNote
    on: OnDay = None


class ComparisonForm(VersionForm):
    hits: Annotated[
        list[str],
        Field(default_factory=list, max_length=20),
        Label(
            "比对发现的情形（没有则不选）",
            "What was found (nothing: leave empty)",
            choices=checks,
            widget="ticks",
            hint_zh="发现情形不会直接否决，须由农户说明",
            hint_en="A finding never rejects by itself: the household explains",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class ExplainForm(VersionForm):
    accepted: Annotated[
        Literal["yes", "no"],
        Label(
            "说明是否采信",
            "Is it accepted?",
            choices=(
                Choice("yes", "采信，比对通过", "yes: passed"),
                Choice("no", "不采信，不予认定", "no: not identified"),
            ),
            widget="radio",
        ),
    ]
    note: RequiredNote
    on: OnDay = None


class VoteForm(VersionForm):
    agree: Annotated[Votes, Label("同意票", "Agree")]
    disagree: Annotated[Votes, Label("不同意票", "Disagree")] = 0
    abstain: Annotated[Votes, Label("弃权票", "Abstain")] = 0
    on: OnDay = None
    note: Note = ""


class ResolveForm(VersionForm):
    number: Annotated[int, Field(ge=1, le=1000), Label("异议", "Objection", choices=open_objections)]
    upheld: Annotated[
        Literal["yes", "no"],
        Label(
            "异议是否成立",
            "Is it upheld?",
            choices=(
                Choice("no", "不成立", "no: dismissed"),
                Choice("yes", "成立，不予认定", "yes: not identified"),
            ),
            widget="radio",
        ),
    ]
    note: RequiredNote
    on: OnDay = None


class TownForm(VersionForm):
    passed: Annotated[
        Literal["yes", "no"],
        Label(
            "审核意见",
            "Finding",
            choices=(
                Choice("yes", "审核通过，报县级审定", "passed: to the county"),
                Choice("no", "退回村级重新核实（须说明）", "returned to the village (say why)"),
            ),
            widget="radio",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class CountyForm(VersionForm):
    decision: Annotated[
        Literal["approve", "return", "refuse"],
        Label(
            "审定意见",
            "Decision",
            choices=(
                Choice("approve", "同意认定", "approve"),
                Choice("return", "退回乡镇（须说明）", "return to the town (say why)"),
                Choice("refuse", "不予认定（须说明）", "refuse (say why)"),
            ),
            widget="radio",
        ),
    ]
    monitored_class: Annotated[
        str,
        Label(
            "监测对象类别（同意认定时必选）",
            "Class (needed to approve)",
            choices=tuple(Choice(code, zh, en) for code, (zh, en) in CLASSES.items()),
        ),
    ] = ""
    on: OnDay = None
    note: Note = ""


class HelperForm(VersionForm):
    helper_no: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Label(
            "帮扶责任人编号", "Number of the helper", hint_zh="填编号，不填姓名", hint_en="a number, no name"
        ),
    ]
    on: OnDay = None
    note: Note = ""


class RiskForm(VersionForm):
    risk: Annotated[str, Label("风险类型", "Risk", choices=choices_of("risk"))]
    on: OnDay = None
    note: Note = ""


def _given(form: GivenForm, act: MonitoringAct, case_id: str) -> dict[str, Any]:
    """Return what every command of a step takes."""
    return {
        "case_id": case_id,
        "on": form.on,
        "note": form.note,
        "by": act.officer.account_id,
        "version": form.version,
    }


def _done(case_id: str, zh: str, en: str, **body: object) -> Done:
    return Done(f"/cases/{case_id}", zh, en, {"id": case_id, **body})


def _plain(
    path: str,
    words: Words,
    form: type[StepForm] | type[ReasonForm],
    take: Callable[[MonitoringAct, dict[str, Any]], object],
    *,
    danger: bool = False,
) -> None:
    """Declare an action that needs nothing but what every step takes."""
    name = path.replace("-", "_")

    @section.action(
        f"/cases/{{case_id}}/{path}", f"case.{name}", words, form, area_of=case_area, danger=danger
    )
    def act_on(act: MonitoringAct, form: StepForm | ReasonForm, case_id: str) -> Done:
        take(act, _given(form, act, case_id))
        return _done(case_id, f"已办理：{words.zh}", f"Done: {words.en}")


_plain(
    "sign-authorisation",
    Words("登记签署承诺授权书", "Authorisation signed"),
    StepForm,
    lambda act, given: steps.sign_authorisation(steps.SignAuthorisation(**given), act.uow()),
)
_plain(
    "refuse-authorisation",
    Words("农户不签，办结", "Authorisation refused: close"),
    StepForm,
    lambda act, given: steps.refuse_authorisation(steps.RefuseAuthorisation(**given), act.uow()),
    danger=True,
)
_plain(
    "help-first",
    Words("绿色通道：先行帮扶", "Green channel: help first"),
    ReasonForm,
    lambda act, given: steps.put_help_first(steps.PutHelpFirst(**given), act.uow()),
)
_plain(
    "send-for-comparison",
    Words("提交信息比对并启动评议", "Send for comparison, start the review"),
    StepForm,
    lambda act, given: steps.send_for_comparison(steps.SendForComparison(**given), act.uow()),
)
_plain(
    "start-notice",
    Words("张贴公示", "Put up the notice"),
    StepForm,
    lambda act, given: steps.start_notice(steps.StartNotice(**given), act.uow(), act.service.case_policy),
)
_plain(
    "raise-objection",
    Words("登记异议", "Record an objection"),
    ReasonForm,
    lambda act, given: steps.raise_objection(steps.RaiseObjection(**given), act.uow()),
)
_plain(
    "end-notice",
    Words("公示结束，上报乡镇", "End the notice, hand over to the town"),
    StepForm,
    lambda act, given: steps.end_notice(steps.EndNotice(**given), act.uow()),
)
_plain(
    "announce",
    Words("公告并录入系统", "Announce and enter"),
    StepForm,
    lambda act, given: decision.announce(decision.Announce(**given), act.uow()),
)


@section.action(
    "/cases/{case_id}/record-comparison",
    "case.record_comparison",
    Words("登记比对结果", "Record the comparison"),
    ComparisonForm,
    area_of=case_area,
)
def record_comparison(act: MonitoringAct, form: ComparisonForm, case_id: str) -> Done:
    command = steps.RecordComparison(**_given(form, act, case_id), hits=tuple(form.hits))
    steps.record_comparison(command, act.uow(), act.service.case_policy)
    return _done(case_id, "比对结果已登记", "The comparison is recorded")


@section.action(
    "/cases/{case_id}/explain",
    "case.explain",
    Words("登记比对异常的说明", "Record the explanation"),
    ExplainForm,
    area_of=case_area,
)
def explain(act: MonitoringAct, form: ExplainForm, case_id: str) -> Done:
    steps.explain(steps.Explain(**_given(form, act, case_id), accepted=form.accepted == "yes"), act.uow())
    return _done(case_id, "说明已登记", "The explanation is recorded")


@section.action(
    "/cases/{case_id}/record-vote",
    "case.record_vote",
    Words("登记民主评议结果", "Record the vote"),
    VoteForm,
    area_of=case_area,
)
def record_vote(act: MonitoringAct, form: VoteForm, case_id: str) -> Done:
    command = steps.RecordVote(
        **_given(form, act, case_id), agree=form.agree, disagree=form.disagree, abstain=form.abstain
    )
    steps.record_vote(command, act.uow())
    return _done(case_id, "评议结果已登记", "The vote is recorded")


@section.action(
    "/cases/{case_id}/resolve-objection",
    "case.resolve_objection",
    Words("处理异议", "Resolve an objection"),
    ResolveForm,
    area_of=case_area,
)
def resolve_objection(act: MonitoringAct, form: ResolveForm, case_id: str) -> Done:
    command = steps.ResolveObjection(
        **_given(form, act, case_id), number=form.number, upheld=form.upheld == "yes"
    )
    steps.resolve_objection(command, act.uow())
    return _done(case_id, "异议已处理", "The objection is resolved")


@section.action(
    "/cases/{case_id}/town-review",
    "case.town_review",
    Words("乡镇审核", "Review by the town"),
    TownForm,
    area_of=case_area,
)
def town_review(act: MonitoringAct, form: TownForm, case_id: str) -> Done:
    steps.town_review(steps.TownReview(**_given(form, act, case_id), passed=form.passed == "yes"), act.uow())
    return _done(case_id, "审核意见已登记", "The review is recorded")


@section.action(
    "/cases/{case_id}/county-decide",
    "case.county_decide",
    Words("县级审定", "Decision of the county"),
    CountyForm,
    area_of=case_area,
)
def county_decide(act: MonitoringAct, form: CountyForm, case_id: str) -> Done:
    command = decision.CountyDecide(
        **_given(form, act, case_id), decision=form.decision, monitored_class=form.monitored_class
    )
    check = decision.county_decide(command, act.uow(), act.service.case_policy)
    if check is not None and check.fits is False:
        return _done(
            case_id,
            f"已认定。请注意收入情况：{check.zh}",
            f"Identified. Mind the income: {check.en}",
            income_fits=check.fits,
        )
    return _done(case_id, "审定意见已登记", "The decision is recorded")


@section.action(
    "/cases/{case_id}/assign-helper",
    "case.assign_helper",
    Words("确定帮扶责任人", "Fix the responsible helper"),
    HelperForm,
    area_of=case_area,
)
def assign_helper(act: MonitoringAct, form: HelperForm, case_id: str) -> Done:
    command = decision.AssignHelper(**_given(form, act, case_id), helper_no=form.helper_no)
    decision.assign_helper(command, act.uow(), act.service.case_policy)
    return _done(case_id, "帮扶责任人已确定", "The helper is fixed")


@section.action(
    "/cases/{case_id}/note-risk",
    "case.note_risk",
    Words("补充登记风险", "Note a further risk"),
    RiskForm,
    area_of=case_area,
)
def note_risk(act: MonitoringAct, form: RiskForm, case_id: str) -> Done:
    decision.note_risk(decision.NoteRisk(**_given(form, act, case_id), risk=form.risk), act.uow())
    return _done(case_id, "风险已补充登记", "The risk is noted")
