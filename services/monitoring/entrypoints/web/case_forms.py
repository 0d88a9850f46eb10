"""The forms of the steps of a case, and where their choices come from."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, ValidationInfo, field_validator

from services.monitoring.adapters.read_models_case import case_of
from services.monitoring.domain.monitored_class import CLASSES
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of
from shared.web.asking import Ask
from shared.web.forms import Choice, Form, Label, Note, Version, wrong

RequiredNote = Annotated[str, Field(min_length=1, max_length=500), Label("说明", "Reason", lines=3)]
Votes = Annotated[int, Field(ge=0, le=10_000)]


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
        Field(validate_default=True),
        Label(
            "监测对象类别",
            "Class",
            hint_zh="同意认定时必选",
            hint_en="needed to approve",
            choices=tuple(Choice(code, zh, en) for code, (zh, en) in CLASSES.items()),
        ),
    ] = ""
    on: OnDay = None
    note: Note = ""

    @field_validator("monitored_class")
    @classmethod
    def _named_to_approve(cls, monitored_class: str, given: ValidationInfo) -> str:
        if given.data.get("decision") == "approve" and not monitored_class:
            raise wrong("必须选择，才能同意认定", "must be chosen to approve")
        return monitored_class


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
    detail: Disaster = ""
    on: OnDay = None
    note: Note = ""
