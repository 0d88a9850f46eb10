"""The steps of identification as data: states, tracks, who takes each, and from where (domain 3.1, 3.3).

Two tracks run beside each other: the *main* one (review, notice, town, county)
and the *comparison* with the departments' data. They meet at the town, which may
pass a case on only when the comparison is passed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from shared.kernel.errors import Language, Refusal

Track = Literal["main", "comparison", "beside"]
"""*beside*: a step that moves neither track, such as fixing the helper."""


class CaseState(StrEnum):
    """Where the main track stands."""

    VERIFIED = "verified"
    REVIEW = "review"
    PUBLICITY = "publicity"
    TOWN_REVIEW = "town_review"
    COUNTY_APPROVAL = "county_approval"
    IDENTIFIED = "identified"
    MONITORED = "monitored"
    ELIMINATED = "eliminated"
    REJECTED = "rejected"
    CLOSED = "closed"


class ComparisonState(StrEnum):
    """Where the comparison with the departments' data stands."""

    NOT_SENT = "not_sent"
    COMPARING = "comparing"
    EXPLAIN_REQUIRED = "explain_required"
    PASSED = "comparing_ok"
    FAILED = "not_explained"


class Step(StrEnum):
    """Everything that can happen to a case, in the order of the procedure."""

    OPEN = "open"
    SIGN_AUTHORISATION = "sign_authorisation"
    REFUSE_AUTHORISATION = "refuse_authorisation"
    HELP_FIRST = "help_first"
    SEND_FOR_COMPARISON = "send_for_comparison"
    RECORD_COMPARISON = "record_comparison"
    EXPLAIN = "explain"
    RECORD_VOTE = "record_vote"
    START_NOTICE = "start_notice"
    RAISE_OBJECTION = "raise_objection"
    RESOLVE_OBJECTION = "resolve_objection"
    END_NOTICE = "end_notice"
    TOWN_REVIEW = "town_review"
    COUNTY_DECIDE = "county_decide"
    ASSIGN_HELPER = "assign_helper"
    ANNOUNCE = "announce"
    NOTE_RISK = "note_risk"
    ELIMINATE = "eliminate"
    ROLL_BACK = "roll_back"


OPEN_STATES = frozenset(CaseState) - {CaseState.ELIMINATED, CaseState.REJECTED, CaseState.CLOSED}
"""A household has at most one case in these."""

PROCEDURE = (
    CaseState.VERIFIED,
    CaseState.REVIEW,
    CaseState.PUBLICITY,
    CaseState.TOWN_REVIEW,
    CaseState.COUNTY_APPROVAL,
)
"""The states before the county has decided."""


@dataclass(frozen=True, slots=True)
class StepRule:
    """Who may take a step, and in which states; *compared* are those of the comparison, if it matters."""

    zh: str
    en: str
    roles: tuple[str, ...]
    states: frozenset[CaseState]
    track: Track = "main"
    compared: frozenset[ComparisonState] = frozenset(ComparisonState)

    def label(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step as the page shows it: *refusal* says why it is not possible now, *mine* whose it is.

    *reached* is false when the procedure is somewhere else altogether.
    """

    step: Step
    roles: tuple[str, ...]
    mine: bool
    reached: bool
    refusal: Refusal | None

    @property
    def permitted(self) -> bool:
        """Whether this person may take it now."""
        return self.mine and self.refusal is None


def _states(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


_S, _C = CaseState, ComparisonState

STEPS: dict[Step, StepRule] = {
    Step.SIGN_AUTHORISATION: StepRule(
        "签署承诺授权书", "Authorisation signed", ("village",), _states(_S.VERIFIED)
    ),
    Step.REFUSE_AUTHORISATION: StepRule(
        "农户不签授权书", "Authorisation refused", ("village",), _states(_S.VERIFIED)
    ),
    Step.HELP_FIRST: StepRule(
        "绿色通道：先行帮扶", "Green channel: help first", ("town", "county"), frozenset(PROCEDURE), "beside"
    ),
    Step.SEND_FOR_COMPARISON: StepRule(
        "提交信息比对", "Send for comparison", ("village", "town"), _states(_S.VERIFIED)
    ),
    Step.RECORD_COMPARISON: StepRule(
        "登记比对结果",
        "Record the comparison",
        ("county",),
        frozenset(PROCEDURE),
        "comparison",
        frozenset({_C.COMPARING}),
    ),
    Step.EXPLAIN: StepRule(
        "比对异常说明",
        "Explain the findings",
        ("county",),
        frozenset(PROCEDURE),
        "comparison",
        frozenset({_C.EXPLAIN_REQUIRED}),
    ),
    Step.RECORD_VOTE: StepRule("民主评议", "Vote of the village meeting", ("village",), _states(_S.REVIEW)),
    Step.START_NOTICE: StepRule("张贴公示", "Put up the notice", ("village",), _states(_S.REVIEW)),
    Step.RAISE_OBJECTION: StepRule(
        "登记异议", "Record an objection", ("village", "town"), _states(_S.PUBLICITY)
    ),
    Step.RESOLVE_OBJECTION: StepRule("处理异议", "Resolve an objection", ("town",), _states(_S.PUBLICITY)),
    Step.END_NOTICE: StepRule("公示结束上报", "End of the notice", ("village",), _states(_S.PUBLICITY)),
    Step.TOWN_REVIEW: StepRule("乡镇审核", "Review by the town", ("town",), _states(_S.TOWN_REVIEW)),
    Step.COUNTY_DECIDE: StepRule(
        "县级审定", "Decision of the county", ("county",), _states(_S.COUNTY_APPROVAL)
    ),
    Step.ASSIGN_HELPER: StepRule(
        "确定帮扶责任人",
        "Fix the responsible helper",
        ("town", "county"),
        _states(_S.IDENTIFIED, _S.MONITORED),
        "beside",
    ),
    Step.ANNOUNCE: StepRule("公告并录入系统", "Announce and enter", ("county",), _states(_S.IDENTIFIED)),
    Step.NOTE_RISK: StepRule(
        "补充登记风险",
        "Note a further risk",
        ("village", "town", "county"),
        frozenset((*PROCEDURE, _S.IDENTIFIED, _S.MONITORED)),
        "beside",
    ),
    Step.ELIMINATE: StepRule("标注风险消除", "Mark the risk eliminated", ("county",), _states(_S.MONITORED)),
    Step.ROLL_BACK: StepRule(
        "风险消除回退", "Roll the elimination back", ("county",), _states(_S.ELIMINATED)
    ),
}

_STATE_LABELS: dict[str, tuple[str, str]] = {
    CaseState.VERIFIED: ("已核实，待授权和比对", "verified, to be authorised and compared"),
    CaseState.REVIEW: ("民主评议", "village review"),
    CaseState.PUBLICITY: ("村内公示", "public notice in the village"),
    CaseState.TOWN_REVIEW: ("乡镇审核", "town review"),
    CaseState.COUNTY_APPROVAL: ("县级审定", "county approval"),
    CaseState.IDENTIFIED: ("已认定，待公告录入", "identified, to be announced"),
    CaseState.MONITORED: ("监测帮扶中", "monitored"),
    CaseState.ELIMINATED: ("风险已消除", "risk eliminated"),
    CaseState.REJECTED: ("不予认定", "rejected"),
    CaseState.CLOSED: ("已办结（未授权）", "closed without authorisation"),
    ComparisonState.NOT_SENT: ("未提交比对", "not sent"),
    ComparisonState.COMPARING: ("比对中", "being compared"),
    ComparisonState.EXPLAIN_REQUIRED: ("待说明", "explanation required"),
    ComparisonState.PASSED: ("比对通过", "passed"),
    ComparisonState.FAILED: ("说明未被采信", "not explained"),
}


def state_label(state: CaseState | ComparisonState, language: Language = "zh") -> str:
    """Return what people call *state*."""
    zh, en = _STATE_LABELS[state]
    return zh if language == "zh" else en
