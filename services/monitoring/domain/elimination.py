"""An elimination: the procedure by which a case's risk is marked eliminated, or kept (domain 5.1, 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.monitoring.domain.case_errors import ObjectionNotFoundError, StepTooEarlyError
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_guards import require_note
from services.monitoring.domain.elimination_criteria import Criterion, Findings, Way, not_met
from services.monitoring.domain.elimination_errors import (
    CriterionNotMetError,
    CriterionReasonError,
    EliminationStepError,
    NoLabourError,
    SnapshotIncompleteError,
)
from services.monitoring.domain.publicity import Notice, Vote
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Language, Refusal

_ON_RECORD = frozenset({"identified_months", "measures_months"})
"""What is on record before anybody goes there: not met, the proposal itself is refused."""


class EliminationState(StrEnum):
    PROPOSED = "proposed"
    VISITED = "visited"
    REVIEWED = "reviewed"
    PUBLICITY = "publicity"
    TOWN_REVIEW = "town_review"
    COUNTY_APPROVAL = "county_approval"
    ELIMINATED = "eliminated"
    KEPT = "kept"

    def label(self, language: Language = "zh") -> str:
        return _LABELS[self][0 if language == "zh" else 1]


_S = EliminationState
_LABELS = {
    _S.PROPOSED: ("待入户核查", "to be visited"),
    _S.VISITED: ("待民主评议", "to be voted on"),
    _S.REVIEWED: ("待公示", "to be put on notice"),
    _S.PUBLICITY: ("村内公示", "public notice in the village"),
    _S.TOWN_REVIEW: ("乡镇审核验收", "town review"),
    _S.COUNTY_APPROVAL: ("县级审批", "county approval"),
    _S.ELIMINATED: ("风险已消除", "risk eliminated"),
    _S.KEPT: ("继续监测", "kept under monitoring"),
}
CLOSED = frozenset({_S.ELIMINATED, _S.KEPT})


class EliminationStep(StrEnum):
    VISIT = "visit"
    VOTE = "vote"
    START_NOTICE = "start_notice"
    RAISE_OBJECTION = "raise_objection"
    RESOLVE_OBJECTION = "resolve_objection"
    END_NOTICE = "end_notice"
    TOWN_REVIEW = "town_review"
    COUNTY_DECIDE = "county_decide"

    def label(self, language: Language = "zh") -> str:
        _, _, zh, en = STEPS[self]
        return zh if language == "zh" else en


_T = EliminationStep
STEPS: dict[EliminationStep, tuple[EliminationState, tuple[str, ...], str, str]] = {
    _T.VISIT: (_S.PROPOSED, ("village",), "入户核查", "Visit to the household"),
    _T.VOTE: (_S.VISITED, ("village",), "民主评议", "Vote of the village meeting"),
    _T.START_NOTICE: (_S.REVIEWED, ("village",), "张贴公示", "Put up the notice"),
    _T.RAISE_OBJECTION: (_S.PUBLICITY, ("village", "town"), "登记异议", "Record an objection"),
    _T.RESOLVE_OBJECTION: (_S.PUBLICITY, ("town",), "处理异议", "Resolve an objection"),
    _T.END_NOTICE: (_S.PUBLICITY, ("village",), "公示结束上报", "End of the notice"),
    _T.TOWN_REVIEW: (_S.TOWN_REVIEW, ("town",), "乡镇审核验收", "Review by the town"),
    _T.COUNTY_DECIDE: (_S.COUNTY_APPROVAL, ("county",), "县级审批", "Decision of the county"),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The household after elimination, as the national record wants it (5.2); amounts in fen a year."""

    dropout: bool
    house_damaged: bool
    uninsured: bool
    water_damaged: bool
    wage_fen: int
    property_fen: int
    transfer_fen: int
    operating_fen: int
    operating_cost_fen: int
    net_fen: int
    net_per_head_fen: int
    compensation_fen: int
    rigid_spending_fen: int


@dataclass(frozen=True, slots=True)
class Stepped:
    """The elimination came to *state*; kept as the office's history, told to nobody."""

    elimination_id: str
    sequence: int
    state: EliminationState
    acting: Acting


@dataclass(frozen=True, slots=True)
class Eliminated:
    """The county approved."""

    case_id: str
    household_id: str
    area_code: str
    way: Way
    assessed: bool
    publicised: bool
    signed: bool
    on: date


@dataclass(kw_only=True)
class Elimination(Aggregate):
    """One attempt; *outcome* is why it was kept, as a code."""

    id: str
    case_id: str
    household_id: str
    area_code: str
    way: Way
    proposed_on: date
    last_step_on: date
    state: EliminationState = EliminationState.PROPOSED
    findings: Findings | None = None
    vote: Vote | None = None
    notice: Notice | None = None
    snapshot: Snapshot | None = None
    county_reason: str = ""
    outcome: str = ""
    steps: int = 0

    @classmethod
    def propose(
        cls,
        *,
        id: str,  # noqa: A002  (the field's own name)
        case_id: str,
        household_id: str,
        area_code: str,
        way: Way,
        found: Sequence[Criterion],
        acting: Acting,
    ) -> "Elimination":
        """Propose; refuses a household without labour, and what the record alone shows to be too early."""
        failed = not_met(found)
        if any(criterion.key == "labour" for criterion in failed):
            raise NoLabourError
        refuse_confirmed([criterion for criterion in failed if criterion.key in _ON_RECORD])
        proposed = cls(
            id=id,
            case_id=case_id,
            household_id=household_id,
            area_code=area_code,
            way=way,
            proposed_on=acting.on,
            last_step_on=acting.on,
        )
        proposed._move(EliminationState.PROPOSED, acting)
        return proposed

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    def refusal(self, step: EliminationStep, on: date) -> Refusal | None:
        """Return why *step* cannot be taken *on* this day, or None."""
        state, _, zh, en = STEPS[step]
        if self.state is not state:
            return EliminationStepError(
                state_zh=self.state.label(), state_en=self.state.label("en"), step_zh=zh, step_en=en
            )
        if step is EliminationStep.END_NOTICE and self.notice:
            return self.notice.end_refusal(on)
        if step is EliminationStep.RESOLVE_OBJECTION and not (self.notice and self.notice.open_objections):
            return ObjectionNotFoundError()
        return None

    def visit(self, findings: Findings, acting: Acting) -> None:
        """Record what the visit found."""
        self._require(EliminationStep.VISIT, acting)
        self.findings = findings
        self._move(EliminationState.VISITED, acting)

    def record_vote(self, vote: Vote, acting: Acting) -> None:
        """Record the village meeting's vote; without a majority the household stays monitored."""
        self._require(EliminationStep.VOTE, acting)
        self.vote = vote
        if vote.passed:
            self._move(EliminationState.REVIEWED, acting)
        else:
            self._keep("vote_failed", acting)

    def start_notice(self, notice: Notice, acting: Acting) -> None:
        self._require(EliminationStep.START_NOTICE, acting)
        self.notice = notice
        self._move(EliminationState.PUBLICITY, acting)

    def raise_objection(self, acting: Acting) -> int:
        """Record an objection and return its number."""
        self._require(EliminationStep.RAISE_OBJECTION, acting)
        require_note(acting)
        self.notice = self._hanging.object(acting.on)
        self._move(self.state, acting)
        return self.notice.objections[-1].number

    def resolve_objection(self, number: int, acting: Acting, *, upheld: bool) -> None:
        """Dismiss an objection, or uphold it: then the household stays monitored."""
        self._require(EliminationStep.RESOLVE_OBJECTION, acting)
        require_note(acting)
        self.notice = self._hanging.resolve(number, upheld=upheld, on=acting.on)
        if upheld:
            self._keep("objection_upheld", acting)
        else:
            self._move(self.state, acting)

    def end_notice(self, acting: Acting) -> None:
        """Take the notice down; refused before its last full day."""
        self._require(EliminationStep.END_NOTICE, acting)
        self.notice = self._hanging.end(acting.on)
        self._move(EliminationState.TOWN_REVIEW, acting)

    def town_review(self, acting: Acting, *, passed: bool) -> None:
        """Pass it on to the county, or return it to be visited again."""
        self._require(EliminationStep.TOWN_REVIEW, acting)
        if passed:
            self._move(EliminationState.COUNTY_APPROVAL, acting)
            return
        require_note(acting)
        self.findings, self.vote, self.notice = None, None, None
        self._move(EliminationState.PROPOSED, acting)

    def approve(self, found: Sequence[Criterion], snapshot: Snapshot | None, acting: Acting) -> None:
        """Mark the risk eliminated. An unmet unconfirmed criterion needs the reason in *acting*'s note."""
        self._require(EliminationStep.COUNTY_DECIDE, acting)
        if snapshot is None or self.findings is None:
            raise SnapshotIncompleteError
        failed = not_met(found)
        refuse_confirmed(failed)
        if failed and not acting.note.strip():
            raise CriterionReasonError(**_named(failed))
        self.snapshot = snapshot
        self.county_reason = acting.note
        self._move(EliminationState.ELIMINATED, acting)
        self.raise_fact(
            Eliminated(
                self.case_id,
                self.household_id,
                self.area_code,
                self.way,
                assessed=self.vote is not None and self.vote.passed,
                publicised=self.notice is not None and self.notice.full,
                signed=self.findings.signed,
                on=acting.on,
            )
        )

    def refuse(self, acting: Acting) -> None:
        """The county keeps the household under monitoring; must say why."""
        self._require(EliminationStep.COUNTY_DECIDE, acting)
        require_note(acting)
        self.county_reason = acting.note
        self._keep("county_refused", acting)

    @property
    def _hanging(self) -> Notice:
        if self.notice is None:
            msg = f"elimination {self.id} is in publicity without a notice"
            raise RuntimeError(msg)
        return self.notice

    def _require(self, step: EliminationStep, acting: Acting) -> None:
        if refusal := self.refusal(step, acting.on):
            raise refusal
        if acting.on < self.last_step_on:
            raise StepTooEarlyError(first=self.last_step_on.isoformat())

    def _move(self, state: EliminationState, acting: Acting) -> None:
        self.state = state
        self.last_step_on = acting.on
        self.steps += 1
        self.raise_fact(Stepped(self.id, self.steps, state, acting))

    def _keep(self, outcome: str, acting: Acting) -> None:
        self.outcome = outcome
        self._move(EliminationState.KEPT, acting)


def refuse_confirmed(failed: Sequence[Criterion]) -> None:
    """Refuse when a confirmed criterion is among the *failed* ones."""
    if confirmed := [criterion for criterion in failed if criterion.confirmed]:
        raise CriterionNotMetError(**_named(confirmed))


def _named(failed: Sequence[Criterion]) -> dict[str, str]:
    return {
        "criteria_zh": "；".join(criterion.text() for criterion in failed),
        "criteria_en": "; ".join(criterion.text("en") for criterion in failed),
    }
