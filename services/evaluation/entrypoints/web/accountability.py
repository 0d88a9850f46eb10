"""Triggers of accountability on pages: the file, and what people decide of it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_supervision import find_triggers, interviews_about, trigger_of
from services.evaluation.domain.accountability import DISCIPLINE_OFFICE, STATE_WORDS, Trigger, TriggerStep
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk
from services.evaluation.entrypoints.web.labels import fact_words, same, unit_words
from services.evaluation.entrypoints.web.supervision import about_path, whole
from services.evaluation.service_layer.accountability import (
    ConcludeTrigger,
    DecideTrigger,
    ReferTrigger,
    conclude_trigger,
    decide_trigger,
    refer_trigger,
)
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, TimelineEntry, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("accountability", prefix="/triggers")
TITLE = Words("问责线索", "Triggers of accountability")
KINDS = {
    "recurrence": Words("问题反复出现", "a problem recurs"),
    "order_overdue": Words("督办逾期未办", "an order is overdue"),
}
_COLOURS = {
    "proposed": "red",
    "confirmed": "yellow",
    "rejected": "grey",
    "referred": "blue",
    "concluded": "green",
}


def outcome_choices(ask: EvaluationAsk) -> list[Choice]:
    """Return the categories of outcome in force."""
    return [
        Choice(one["code"], one["zh"], one["en"]) for one in ask.service.supervision.outcomes.on(ask.today)
    ]


class DecideForm(Form):
    version: Version
    decision: Annotated[
        Literal["confirmed", "rejected"],
        Label(
            "研判意见",
            "Decision",
            widget="radio",
            choices=[
                Choice("confirmed", "情况属实，确认", "It is so"),
                Choice("rejected", "不予采纳（写明理由）", "It is not (say why)"),
            ],
        ),
    ]
    reason: Annotated[
        str,
        Field(max_length=1000),
        Label("理由", "Reason", lines=3, hint_zh="不写个人姓名", hint_en="name no person"),
    ] = ""


class RejectForm(Form):
    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=1000), Label("理由", "Reason", lines=3)]


class ReferForm(Form):
    version: Version
    on: Annotated[date, Label("移送日期", "Passed on")]


class ConcludeForm(Form):
    version: Version
    on: Annotated[date, Label("反馈日期", "Reported on")]
    outcome: Annotated[
        str, Field(max_length=32), Label("处理结果类别", "Category of outcome", choices=outcome_choices)
    ]


def state_badge(row: Trigger) -> Badge:
    """Return where a trigger stands."""
    return Badge(_COLOURS[row.state], Words(*STATE_WORDS[row.state]))  # type: ignore[arg-type]  # colours


def times_words(row: Trigger) -> Words:
    """Return how often, or how long."""
    if row.kind == "recurrence":
        return Words(f"第{row.times}次反复", f"recurrence number {row.times}")
    return Words(f"提出时已逾期{row.times}天", f"{row.times} days overdue when proposed")


_COLUMNS = (
    Column[Trigger]("状态", "State", state_badge),
    Column[Trigger]("单位", "Unit", lambda row: unit_words(row.unit), link=lambda row: f"/triggers/{row.id}"),
    Column[Trigger]("情形", "Kind", lambda row: KINDS[row.kind]),
    Column[Trigger]("程度", "How much", times_words),
    Column[Trigger]("提出日期", "Proposed on", lambda row: row.proposed_on),
    Column[Trigger]("移送日期", "Passed on", lambda row: row.referred_on),
)


@section.page("", "trigger.read", "evaluation/triggers.html")
def list_triggers(ask: EvaluationAsk, state: str = "", unit: str = "") -> View:
    """List what rules proposed and what became of it."""
    with reading(ask.service.engine) as connection:
        rows, total = find_triggers(connection, state=state, unit=unit, **whole(ask.paging))
    policy = ask.service.supervision
    data = {
        "state": state,
        "unit": unit,
        "states": [(str(key), Words(*words)) for key, words in STATE_WORDS.items()],
        "units": [(one.id, one.name) for one in ask.service.units()],
        "days": policy.order_trigger_days.entry_on(ask.today),
        "times": policy.recurrence_trigger_times.entry_on(ask.today),
    }
    return View(TITLE, data, Listing(_COLUMNS, rows, total, ask.paging))


@section.page("/{trigger_id}", "trigger.read", "evaluation/trigger.html")
def show_trigger(ask: EvaluationAsk, trigger_id: str) -> View:
    """Show a trigger with its file: every event that led to it."""
    with reading(ask.service.engine) as connection:
        trigger = trigger_of(connection, trigger_id)
        interviews = interviews_about(connection, "trigger", trigger_id)
    about = "order" if trigger.kind == "order_overdue" else "problem"
    name = unit_words(trigger.unit)
    title = Words(f"{name.zh}：{KINDS[trigger.kind].zh}", f"{name.en}: {KINDS[trigger.kind].en}")
    outcomes = {choice.value: choice.words for choice in outcome_choices(ask)}
    data = {
        "trigger": trigger,
        "badge": state_badge(trigger),
        "unit": name,
        "kind": KINDS[trigger.kind],
        "times": times_words(trigger),
        "about": about_path(about, trigger.subject),
        "file": _file(ask, trigger.cause_events),
        "outcome": outcomes.get(trigger.outcome, same(trigger.outcome)) if trigger.outcome else None,
        "can": {str(step): trigger.permits(step) for step in TriggerStep},
        "interviews": interviews,
        "office": DISCIPLINE_OFFICE,
        "today": ask.today,
    }
    return View(title, data, crumbs=(Crumb(TITLE, "/triggers"), Crumb(title)))


def _file(ask: EvaluationAsk, event_ids: Sequence[str]) -> list[TimelineEntry]:
    """Return the events of the file, read at once; one that is gone from the journal says so."""
    known = {entry.id: entry for entry in ask.service.reads.events(event_ids)}
    gone = Words("日志中没有这条事件", "The journal has no such event")
    return [
        TimelineEntry(known[one].envelope.time, fact_words(known[one].fact), event_ids=(one,))
        if one in known
        else TimelineEntry(ask.today, gone)
        for one in event_ids
    ]


@section.action(
    "/{trigger_id}/decide", "trigger.decide", Words("研判", "Decide"), DecideForm, permission="trigger.handle"
)
def decide(act: EvaluationAct, form: DecideForm, trigger_id: str) -> Done:
    command = DecideTrigger(
        trigger_id=trigger_id,
        confirmed=form.decision == "confirmed",
        reason=form.reason,
        version=form.version,
    )
    decide_trigger(command, act.uow())
    return Done(f"/triggers/{trigger_id}", "已研判", "Decided", {"id": trigger_id})


@section.action(
    "/{trigger_id}/reject",
    "trigger.reject",
    Words("撤回确认，不予采纳", "Reject after all"),
    RejectForm,
    permission="trigger.handle",
)
def reject(act: EvaluationAct, form: RejectForm, trigger_id: str) -> Done:
    command = DecideTrigger(trigger_id=trigger_id, confirmed=False, reason=form.reason, version=form.version)
    decide_trigger(command, act.uow())
    return Done(f"/triggers/{trigger_id}", "不予采纳", "Rejected", {"id": trigger_id})


@section.action(
    "/{trigger_id}/refer",
    "trigger.refer",
    Words("移送县纪委监委", "Pass to the discipline office"),
    ReferForm,
    permission="trigger.handle",
)
def refer(act: EvaluationAct, form: ReferForm, trigger_id: str) -> Done:
    refer_trigger(ReferTrigger(trigger_id=trigger_id, on=form.on, version=form.version), act.uow())
    return Done(f"/triggers/{trigger_id}", "已登记移送", "Passed on", {"id": trigger_id})


@section.action(
    "/{trigger_id}/conclude",
    "trigger.conclude",
    Words("登记处理结果", "Record the outcome"),
    ConcludeForm,
    permission="trigger.handle",
)
def conclude(act: EvaluationAct, form: ConcludeForm, trigger_id: str) -> Done:
    command = ConcludeTrigger(trigger_id=trigger_id, outcome=form.outcome, on=form.on, version=form.version)
    conclude_trigger(command, act.uow(), act.service.supervision)
    return Done(f"/triggers/{trigger_id}", "结果已登记", "Recorded", {"id": trigger_id})
