"""The states of a problem, the steps between them, and the words of its codes (domain 4.1)."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Overdue is a flag that follows from a day, never a state."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    HANDED_OVER = "handed_over"
    RECTIFYING = "rectifying"
    CLOSE_OUT_ASKED = "close_out_asked"
    IN_CHECK = "in_check"
    CLOSED = "closed"
    RETURNED = "returned"
    REOPENED = "reopened"


class Step(StrEnum):
    CONFIRM = "confirm"
    REJECT = "reject"
    FIX_ON_THE_SPOT = "fix_on_the_spot"
    HAND_OVER = "hand_over"
    SEND_UP = "send_up"
    PLAN = "plan"
    PROGRESS = "progress"
    ASK_CLOSE_OUT = "ask_close_out"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    LOOK_BACK = "look_back"


class Level(StrEnum):
    """Who can put it right: what a village cannot goes up."""

    VILLAGE = "village"
    TOWN = "town"
    COUNTY = "county"


class Source(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SELF = "self"
    AUDIT = "audit"
    PETITION = "petition"
    HOTLINE = "12317"
    INSPECTION = "inspection"
    SAMPLE = "sample"


class Stage(StrEnum):
    """One of the re-checks before a problem is closed."""

    SELF = "self"
    TOWN = "town"
    DEPARTMENT = "department"
    COUNTY = "county"


_S = State
PERMITTED: Mapping[Step, frozenset[State]] = {
    Step.CONFIRM: frozenset({_S.REGISTERED}),
    Step.REJECT: frozenset({_S.REGISTERED}),
    Step.FIX_ON_THE_SPOT: frozenset({_S.REGISTERED, _S.CONFIRMED}),
    Step.HAND_OVER: frozenset({_S.CONFIRMED, _S.REOPENED}),
    Step.SEND_UP: frozenset({_S.HANDED_OVER, _S.RECTIFYING, _S.RETURNED}),
    Step.PLAN: frozenset({_S.HANDED_OVER, _S.RETURNED}),
    Step.PROGRESS: frozenset({_S.RECTIFYING, _S.RETURNED}),
    Step.ASK_CLOSE_OUT: frozenset({_S.RECTIFYING}),
    Step.APPROVE: frozenset({_S.CLOSE_OUT_ASKED, _S.IN_CHECK}),
    Step.SEND_BACK: frozenset({_S.CLOSE_OUT_ASKED, _S.IN_CHECK}),
    Step.REOPEN: frozenset({_S.CLOSED}),
    Step.LOOK_BACK: frozenset({_S.CLOSED}),
}
"""In which states a step may be taken; everything else is refused."""

ENDED = frozenset({State.REJECTED, State.CLOSED})
WITH_THE_UNIT = frozenset({State.HANDED_OVER, State.RECTIFYING, State.RETURNED})
"""The responsible unit owes the next step."""
OPEN = frozenset(State) - ENDED

STATE_WORDS: Mapping[State, tuple[str, str]] = {
    _S.REGISTERED: ("已登记", "registered"),
    _S.CONFIRMED: ("已核定", "confirmed"),
    _S.REJECTED: ("不属实", "not true"),
    _S.HANDED_OVER: ("已交办", "handed over"),
    _S.RECTIFYING: ("整改中", "rectifying"),
    _S.CLOSE_OUT_ASKED: ("申请销号", "close-out asked"),
    _S.IN_CHECK: ("复核中", "being re-checked"),
    _S.CLOSED: ("已销号", "closed"),
    _S.RETURNED: ("退回", "returned"),
    _S.REOPENED: ("反复", "reopened"),
}
STEP_WORDS: Mapping[Step, tuple[str, str]] = {
    Step.CONFIRM: ("核定属实", "Confirm"),
    Step.REJECT: ("认定不属实", "Find untrue"),
    Step.FIX_ON_THE_SPOT: ("现场立行立改", "Fixed on the spot"),
    Step.HAND_OVER: ("交办", "Hand over"),
    Step.SEND_UP: ("上提解决", "Pass up a level"),
    Step.PLAN: ("制定整改方案", "Plan the rectification"),
    Step.PROGRESS: ("登记整改进展", "Record progress"),
    Step.ASK_CLOSE_OUT: ("申请销号", "Ask for close-out"),
    Step.APPROVE: ("复核通过", "Pass the re-check"),
    Step.SEND_BACK: ("复核退回", "Send back"),
    Step.REOPEN: ("反复重开", "Reopen"),
    Step.LOOK_BACK: ("回头看", "Look-back visit"),
}
LEVEL_WORDS: Mapping[Level, tuple[str, str]] = {
    Level.VILLAGE: ("村级", "village"),
    Level.TOWN: ("镇级", "town"),
    Level.COUNTY: ("县级", "county"),
}
SOURCE_WORDS: Mapping[Source, tuple[str, str]] = {
    Source.CENTRAL: ("中央反馈", "central feedback"),
    Source.PROVINCE: ("省级反馈", "provincial feedback"),
    Source.CITY: ("市级反馈", "city feedback"),
    Source.COUNTY: ("县级反馈", "county feedback"),
    Source.SELF: ("自查发现", "found by the unit itself"),
    Source.AUDIT: ("审计反馈", "audit"),
    Source.PETITION: ("信访反映", "petition"),
    Source.HOTLINE: ("12317监督举报", "hotline 12317"),
    Source.INSPECTION: ("督查检查", "inspection"),
    Source.SAMPLE: ("抽样检查", "sample check"),
}
STAGE_WORDS: Mapping[Stage, tuple[str, str]] = {
    Stage.SELF: ("自查", "own check"),
    Stage.TOWN: ("镇审", "town"),
    Stage.DEPARTMENT: ("部门复核", "department"),
    Stage.COUNTY: ("县认定", "county"),
}
