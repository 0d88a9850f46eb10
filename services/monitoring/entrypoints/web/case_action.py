"""What can be done to a case from its page: one form and one action per step of the procedure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from services.monitoring.adapters.read_models_case import area_of_case
from services.monitoring.domain.publicity import Notice
from services.monitoring.entrypoints.web.case_forms import (
    ComparisonForm,
    CountyForm,
    ExplainForm,
    GivenForm,
    HelperForm,
    ReasonForm,
    ResolveForm,
    RiskForm,
    StepForm,
    TownForm,
    VoteForm,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decision
from shared.web.asking import Done
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("case")

OFFICE = frozenset({"county", "town", "village"})
"""Who may read what was noted and what hung in the village: it names people."""


def case_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the case a page or action names."""
    with read(ask) as connection:
        return area_of_case(connection, given["case_id"])


def notice_for(ask: MonitoringAsk, notice: Notice | None) -> Notice | None:
    """Return a notice as the officer may see it: its text names the head of the household."""
    if notice is None or ask.officer.role in OFFICE:
        return notice
    return replace(notice, text_zh="", text_en="")


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
        **_given(form, act, case_id),
        agree=form.agree,
        disagree=form.disagree,
        abstain=form.abstain,
        present=form.present,
    )
    steps.record_vote(command, act.uow(), act.service.case_policy)
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
    decision.note_risk(
        decision.NoteRisk(**_given(form, act, case_id), risk=form.risk, detail=form.detail), act.uow()
    )
    return _done(case_id, "风险已补充登记", "The risk is noted")
