"""What can be done to an elimination from its page: one form and one action per step."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.read_models_case import area_of_elimination, elimination_of
from services.monitoring.domain.elimination_criteria import WAYS
from services.monitoring.entrypoints.web.case_action import case_area
from services.monitoring.entrypoints.web.case_forms import (
    GivenForm,
    ReasonForm,
    RequiredNote,
    StepForm,
    VersionForm,
    Votes,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.service_layer import elimination as steps
from shared.web.asking import Ask, Done
from shared.web.forms import Choice, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("elimination")


def elimination_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the elimination a page or action names."""
    with read(ask) as connection:
        return area_of_elimination(connection, given["elimination_id"])


def open_objections(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the objections of the elimination the address names that wait for an answer."""
    elimination_id = ask.request.path_params.get("elimination_id")
    if elimination_id is None:
        return ()
    with read(ask) as connection:
        notice = elimination_of(connection, elimination_id, ask.service.clock).notice
    return [
        Choice(
            str(one.number), f"第 {one.number} 条（{one.raised_on}）", f"No. {one.number} ({one.raised_on})"
        )
        for one in (notice.open_objections if notice else ())
    ]


class ProposeForm(VersionForm):
    way: Annotated[
        Literal["01", "02"],
        Label(
            "风险消除方式",
            "How",
            choices=tuple(Choice(code, zh, en) for code, (zh, en) in WAYS.items()),
            widget="radio",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class VisitForm(VersionForm):
    income_stable: Annotated[bool, Label("收入持续稳定", "The income is stable")] = False
    rigid_spending_solved: Annotated[
        bool, Label("大额刚性支出已稳定解决", "Large rigid spending is solved")
    ] = False
    risks_removed: Annotated[bool, Label("风险点已稳定消除", "The risks are gone for good")] = False
    signed: Annotated[bool, Label("户主已签字确认", "The household has signed")] = False
    dropout: Annotated[bool, Label("存在失学辍学", "A child is out of school")] = False
    house_damaged: Annotated[bool, Label("存在住房损毁", "The house is damaged")] = False
    uninsured: Annotated[bool, Label("有成员未参加基本医保", "Somebody is not insured")] = False
    water_damaged: Annotated[bool, Label("存在饮水设施损毁", "The water supply is damaged")] = False
    on: OnDay = None
    note: Note = ""


class VoteForm(VersionForm):
    present: Annotated[
        Votes, Label("到会人数", "Present", hint_zh="未清点则填0", hint_en="0 when nobody counted")
    ] = 0
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
                Choice("yes", "成立，继续监测", "yes: stays monitored"),
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
                Choice("yes", "审核通过，报县级审批", "passed: to the county"),
                Choice("no", "退回重新核查（须说明）", "visit again (say why)"),
            ),
            widget="radio",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class CountyForm(VersionForm):
    decision: Annotated[
        Literal["approve", "refuse"],
        Label(
            "审批意见",
            "Decision",
            choices=(
                Choice(
                    "approve", "同意消除风险（未确认的标准不满足时须写明理由）", "approve (reasons if needed)"
                ),
                Choice("refuse", "继续监测（须说明）", "keep under monitoring (say why)"),
            ),
            widget="radio",
        ),
    ]
    on: OnDay = None
    note: Note = ""


class RollBackForm(VersionForm):
    reason: Annotated[
        Literal["no_labour", "income", "rigid_spending", "safeguard", "sample_check", "other"],
        Label(
            "回退原因",
            "Why",
            choices=(
                Choice("no_labour", "整户无劳动能力", "nobody can work"),
                Choice("income", "收入不稳定", "the income is not stable"),
                Choice("rigid_spending", "刚性支出不可控", "rigid spending is out of control"),
                Choice("safeguard", "三保障或饮水出现问题", "a safeguard is broken"),
                Choice("sample_check", "抽样检查发现问题", "found by a sample check"),
                Choice("other", "其他", "other"),
            ),
        ),
    ]
    note: RequiredNote
    on: OnDay = None


def _given(form: GivenForm, act: MonitoringAct) -> dict[str, Any]:
    return {"on": form.on, "note": form.note, "by": act.officer.account_id, "version": form.version}


def _done(elimination_id: str, zh: str, en: str, *, created: bool = False) -> Done:
    return Done(f"/eliminations/{elimination_id}", zh, en, {"id": elimination_id}, created=created)


@section.action(
    "/cases/{case_id}/eliminations",
    "elimination.propose",
    Words("提出风险消除", "Propose the elimination"),
    ProposeForm,
    area_of=case_area,
)
def propose(act: MonitoringAct, form: ProposeForm, case_id: str) -> Done:
    command = steps.ProposeElimination(case_id=case_id, way=form.way, **_given(form, act))
    elimination_id = steps.propose_elimination(command, act.uow(), act.service.case_policy)
    return _done(elimination_id, "风险消除已提出", "The elimination is proposed", created=True)


@section.action(
    "/cases/{case_id}/roll-back",
    "elimination.roll_back",
    Words("风险消除回退", "Roll the elimination back"),
    RollBackForm,
    area_of=case_area,
    danger=True,
)
def roll_back(act: MonitoringAct, form: RollBackForm, case_id: str) -> Done:
    command = steps.RollBackElimination(case_id=case_id, reason=form.reason, **_given(form, act))
    steps.roll_back_elimination(command, act.uow())
    return Done(f"/cases/{case_id}", "已回退，继续监测", "Rolled back: monitored again", {"id": case_id})


@section.action(
    "/eliminations/{elimination_id}/visit",
    "elimination.visit",
    Words("登记入户核查", "Record the visit"),
    VisitForm,
    area_of=elimination_area,
)
def visit(act: MonitoringAct, form: VisitForm, elimination_id: str) -> Done:
    command = steps.RecordEliminationVisit(
        elimination_id=elimination_id,
        dropout=form.dropout,
        house_damaged=form.house_damaged,
        uninsured=form.uninsured,
        water_damaged=form.water_damaged,
        rigid_spending_solved=form.rigid_spending_solved,
        risks_removed=form.risks_removed,
        income_stable=form.income_stable,
        signed=form.signed,
        **_given(form, act),
    )
    steps.record_elimination_visit(command, act.uow())
    return _done(elimination_id, "入户核查已登记", "The visit is recorded")


@section.action(
    "/eliminations/{elimination_id}/vote",
    "elimination.vote",
    Words("登记民主评议结果", "Record the vote"),
    VoteForm,
    area_of=elimination_area,
)
def vote(act: MonitoringAct, form: VoteForm, elimination_id: str) -> Done:
    command = steps.RecordEliminationVote(
        elimination_id=elimination_id,
        present=form.present,
        agree=form.agree,
        disagree=form.disagree,
        abstain=form.abstain,
        **_given(form, act),
    )
    steps.record_elimination_vote(command, act.uow(), act.service.case_policy)
    return _done(elimination_id, "评议结果已登记", "The vote is recorded")


@section.action(
    "/eliminations/{elimination_id}/resolve-objection",
    "elimination.resolve_objection",
    Words("处理异议", "Resolve an objection"),
    ResolveForm,
    area_of=elimination_area,
)
def resolve_objection(act: MonitoringAct, form: ResolveForm, elimination_id: str) -> Done:
    command = steps.ResolveEliminationObjection(
        elimination_id=elimination_id, number=form.number, upheld=form.upheld == "yes", **_given(form, act)
    )
    steps.resolve_elimination_objection(command, act.uow())
    return _done(elimination_id, "异议已处理", "The objection is resolved")


@section.action(
    "/eliminations/{elimination_id}/town-review",
    "elimination.town_review",
    Words("乡镇审核验收", "Review by the town"),
    TownForm,
    area_of=elimination_area,
)
def town_review(act: MonitoringAct, form: TownForm, elimination_id: str) -> Done:
    command = steps.ReviewElimination(
        elimination_id=elimination_id, passed=form.passed == "yes", **_given(form, act)
    )
    steps.review_elimination(command, act.uow())
    return _done(elimination_id, "审核意见已登记", "The review is recorded")


@section.action(
    "/eliminations/{elimination_id}/county-decide",
    "elimination.county_decide",
    Words("县级审批", "Decision of the county"),
    CountyForm,
    area_of=elimination_area,
)
def county_decide(act: MonitoringAct, form: CountyForm, elimination_id: str) -> Done:
    command = steps.DecideElimination(
        elimination_id=elimination_id, approve=form.decision == "approve", **_given(form, act)
    )
    steps.decide_elimination(command, act.uow(), act.service.case_policy)
    return _done(elimination_id, "审批意见已登记", "The decision is recorded")


def _plain(
    path: str,
    words: Words,
    form: type[StepForm] | type[ReasonForm],
    take: Callable[[MonitoringAct, dict[str, Any]], object],
) -> None:
    """Declare an action that needs nothing but what every step takes."""

    @section.action(
        f"/eliminations/{{elimination_id}}/{path}",
        f"elimination.{path.replace('-', '_')}",
        words,
        form,
        area_of=elimination_area,
    )
    def act_on(act: MonitoringAct, form: StepForm | ReasonForm, elimination_id: str) -> Done:
        take(act, {"elimination_id": elimination_id, **_given(form, act)})
        return _done(elimination_id, f"已办理：{words.zh}", f"Done: {words.en}")


_plain(
    "start-notice",
    Words("张贴公示", "Put up the notice"),
    StepForm,
    lambda act, given: steps.start_elimination_notice(
        steps.StartEliminationNotice(**given), act.uow(), act.service.case_policy
    ),
)
_plain(
    "raise-objection",
    Words("登记异议", "Record an objection"),
    ReasonForm,
    lambda act, given: steps.raise_elimination_objection(steps.RaiseEliminationObjection(**given), act.uow()),
)
_plain(
    "end-notice",
    Words("公示结束，上报乡镇", "End the notice, hand over to the town"),
    StepForm,
    lambda act, given: steps.end_elimination_notice(steps.EndEliminationNotice(**given), act.uow()),
)
