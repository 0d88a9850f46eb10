"""A case: one household from verified risk to identification, and on to elimination (domain 3.3).

Whether a step is possible is answered in one place, :meth:`Case.refusal`: the
methods raise what it returns, and the page shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case_errors import (
    ComparisonNotPassedError,
    ComparisonStepError,
    HelperMissingError,
    RiskAlreadyNotedError,
    StepNotPermittedError,
    TooManyRisksError,
)
from services.monitoring.domain.case_facts import (
    Acting,
    Advanced,
    CaseRef,
    HelperFixed,
    Identified,
    Rejected,
    RolledBack,
    Stage,
)
from services.monitoring.domain.case_guards import GUARDS, first_day, require_day, require_note
from services.monitoring.domain.case_steps import (
    OPEN_STATES,
    STEPS,
    CaseState,
    ComparisonState,
    NextStep,
    Step,
    state_label,
)
from services.monitoring.domain.publicity import Notice, Vote
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Refusal

MOST_RISKS = 5
"""风险1 … 风险5 of the national record (domain 4.1)."""


@dataclass(kw_only=True)
class Case(Aggregate):
    """One household in the procedure; *round* counts how often it went through the village.

    *previous* names the eliminated case of the same household when a new risk
    made the whole procedure start again.
    """

    id: str
    household_id: str
    area_code: str
    risks: tuple[str, ...]
    first_clue_on: date
    clue_ids: tuple[str, ...]
    risk_details: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Per risk its sub-item or its note, where its code needs one (4.1); never published."""
    opened_on: date
    last_step_on: date
    """The last day of the main track; that of the comparison beside it is *last_compared_on*."""
    last_compared_on: date | None = None
    state: CaseState = CaseState.VERIFIED
    comparison: ComparisonState = ComparisonState.NOT_SENT
    hits: tuple[str, ...] = ()
    authorised: bool = False
    help_first: bool = False
    round: int = 1
    vote: Vote | None = None
    notice: Notice | None = None
    monitored_class: str = ""
    identified_on: date | None = None
    announced_on: date | None = None
    eliminated_on: date | None = None
    helper_no: str = ""
    helper_fixed_on: date | None = None
    previous: str | None = None
    steps: int = 0

    @classmethod
    def open(  # noqa: PLR0913  (what a verified clue knows)
        cls,
        id: str,  # noqa: A002  (the field's own name)
        household_id: str,
        area_code: str,
        risks: Sequence[str],
        first_clue_on: date,
        clue_ids: Sequence[str],
        opened_on: date,
        *,
        help_first: bool = False,
        previous: str | None = None,
        risk_details: Mapping[str, str] | None = None,
        by: str = "",
    ) -> "Case":
        """Open a case on a verified risk. One open case per household: ask ``cases.open_of`` first."""
        distinct = tuple(dict.fromkeys(risks))
        if not 1 <= len(distinct) <= MOST_RISKS:
            raise TooManyRisksError(most=MOST_RISKS)
        case = cls(
            id=id,
            household_id=household_id,
            area_code=area_code,
            risks=distinct,
            first_clue_on=first_clue_on,
            clue_ids=tuple(clue_ids),
            opened_on=opened_on,
            last_step_on=opened_on,
            help_first=help_first,
            previous=previous,
            risk_details=dict(risk_details or {}),
        )
        case._advance(Step.OPEN, Acting(opened_on, by), "", CaseState.VERIFIED)
        return case

    @property
    def ref(self) -> CaseRef:
        return CaseRef(self.id, self.household_id, self.area_code)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def decided(self) -> bool:
        """Whether the county has identified the household."""
        return self.identified_on is not None

    def refusal(self, step: Step, on: date) -> Refusal | None:
        """Return why *step* cannot be taken *on* this day, or None when it can."""
        rule = STEPS[step]
        if self.state not in rule.states:
            return StepNotPermittedError(
                state_zh=state_label(self.state),
                state_en=state_label(self.state, "en"),
                step_zh=rule.zh,
                step_en=rule.en,
            )
        if self.comparison not in rule.compared:
            return ComparisonStepError(
                state_zh=state_label(self.comparison),
                state_en=state_label(self.comparison, "en"),
                step_zh=rule.zh,
                step_en=rule.en,
            )
        guard = GUARDS.get(step)
        return guard(self, on) if guard else None

    def permitted_steps(self, role: str, on: date) -> list[NextStep]:
        """Return every step in the order of the procedure, with whose it is and why it must wait."""
        return [
            NextStep(
                step,
                rule.roles,
                mine=role in rule.roles,
                reached=self.state in rule.states and self.comparison in rule.compared,
                refusal=self.refusal(step, on),
            )
            for step, rule in STEPS.items()
        ]

    def require(self, step: Step, acting: Acting) -> None:
        """Refuse *step* when it is not possible; does nothing else."""
        if refusal := self.refusal(step, acting.on):
            raise refusal
        require_day(first_day(self, step), acting)

    # --- verified ------------------------------------------------------------------------------

    def sign_authorisation(self, acting: Acting) -> None:
        self.require(Step.SIGN_AUTHORISATION, acting)
        self.authorised = True
        self._advance(Step.SIGN_AUTHORISATION, acting, self.state, self.state)

    def refuse_authorisation(self, acting: Acting) -> None:
        """The household will not be looked into: the case is closed, not rejected."""
        self.require(Step.REFUSE_AUTHORISATION, acting)
        self._move(Step.REFUSE_AUTHORISATION, acting, CaseState.CLOSED)
        self._reject("authorisation", "authorisation_refused", acting)

    def put_help_first(self, acting: Acting) -> None:
        """Help at once and complete the procedure afterwards; must say why."""
        self.require(Step.HELP_FIRST, acting)
        require_note(acting)
        self.help_first = True
        self._advance(Step.HELP_FIRST, acting, self.state, self.state)

    def note_risk(
        self, risk: str, clue_id: str, acting: Acting, *, detail: Mapping[str, str] | None = None
    ) -> None:
        """Add a risk found while the case is open; refuses a sixth and one on record."""
        self.require(Step.NOTE_RISK, acting)
        if risk in self.risks:
            raise RiskAlreadyNotedError
        if len(self.risks) == MOST_RISKS:
            raise TooManyRisksError(most=MOST_RISKS)
        self.risks = (*self.risks, risk)
        self.clue_ids = tuple(dict.fromkeys((*self.clue_ids, clue_id)))
        self.risk_details = {**self.risk_details, **(detail or {})}
        self._advance(Step.NOTE_RISK, acting, self.state, self.state)

    def send_for_comparison(self, acting: Acting) -> None:
        """Start both tracks: the list goes up to be compared, the village begins its review."""
        self.require(Step.SEND_FOR_COMPARISON, acting)
        self.comparison = ComparisonState.COMPARING
        self.last_compared_on = acting.on
        self._move(Step.SEND_FOR_COMPARISON, acting, CaseState.REVIEW)

    # --- the track of the comparison -------------------------------------------------------------

    def record_comparison(self, hits: Sequence[str], acting: Acting) -> None:
        """Record what the departments found. A hit never rejects: it asks for an explanation (domain 3.5)."""
        self.require(Step.RECORD_COMPARISON, acting)
        self.hits = tuple(dict.fromkeys(hits))
        self._compare(
            Step.RECORD_COMPARISON,
            acting,
            ComparisonState.EXPLAIN_REQUIRED if self.hits else ComparisonState.PASSED,
        )

    def explain(self, acting: Acting, *, accepted: bool) -> None:
        """Record the household's explanation and whether the county accepts it; not accepted rejects."""
        self.require(Step.EXPLAIN, acting)
        require_note(acting)
        if accepted:
            self._compare(Step.EXPLAIN, acting, ComparisonState.PASSED)
            return
        self._compare(Step.EXPLAIN, acting, ComparisonState.FAILED, CaseState.REJECTED)
        self._reject("compare", "not_explained", acting)

    # --- the main track --------------------------------------------------------------------------

    def record_vote(self, vote: Vote, acting: Acting) -> None:
        """Record the village meeting's vote; without a majority the case is rejected."""
        self.require(Step.RECORD_VOTE, acting)
        self.vote = vote
        self._move(Step.RECORD_VOTE, acting, CaseState.REVIEW if vote.passed else CaseState.REJECTED)
        if not vote.passed:
            self._reject("vote", "vote_failed", acting)

    def start_notice(self, notice: Notice, acting: Acting) -> None:
        """Put up the notice: once, and only in the village."""
        self.require(Step.START_NOTICE, acting)
        self.notice = notice
        self._move(Step.START_NOTICE, acting, CaseState.PUBLICITY)

    def raise_objection(self, acting: Acting) -> int:
        """Record an objection and return its number."""
        self.require(Step.RAISE_OBJECTION, acting)
        require_note(acting)
        self.notice = self._hanging.object(acting.on)
        self._advance(Step.RAISE_OBJECTION, acting, self.state, self.state)
        return self.notice.objections[-1].number

    def resolve_objection(self, number: int, acting: Acting, *, upheld: bool) -> None:
        """Dismiss an objection, or uphold it, which rejects the case."""
        self.require(Step.RESOLVE_OBJECTION, acting)
        require_note(acting)
        self.notice = self._hanging.resolve(number, upheld=upheld, on=acting.on)
        self._move(Step.RESOLVE_OBJECTION, acting, CaseState.REJECTED if upheld else self.state)
        if upheld:
            self._reject("objection", "objection_upheld", acting)

    def end_notice(self, acting: Acting) -> None:
        """Take the notice down and hand the case to the town; refused before its last full day."""
        self.require(Step.END_NOTICE, acting)
        self.notice = self._hanging.end(acting.on)
        self._move(Step.END_NOTICE, acting, CaseState.TOWN_REVIEW)

    def town_review(self, acting: Acting, *, passed: bool) -> None:
        """Pass the case on to the county (needs a passed comparison), or return it to the village."""
        self.require(Step.TOWN_REVIEW, acting)
        if passed:
            if refusal := self.pass_refusal():
                raise refusal
            # Here the two tracks meet.
            require_day(self.last_compared_on or self.last_step_on, acting)
            self._move(Step.TOWN_REVIEW, acting, CaseState.COUNTY_APPROVAL)
            return
        require_note(acting)
        self.round += 1
        self.comparison, self.hits = ComparisonState.NOT_SENT, ()
        self.vote, self.notice = None, None
        self._move(Step.TOWN_REVIEW, acting, CaseState.VERIFIED)

    def pass_refusal(self) -> Refusal | None:
        """Return why the town may not pass the case on, or None."""
        return None if self.comparison is ComparisonState.PASSED else ComparisonNotPassedError()

    def approve(self, monitored_class: str, acting: Acting, *, due_on: date) -> None:
        """Identify the household; check the class first. *due_on* is first clue + the limit in force."""
        self.require(Step.COUNTY_DECIDE, acting)
        if refusal := self.pass_refusal():
            raise refusal
        self.monitored_class = monitored_class
        self.identified_on = acting.on
        self._move(Step.COUNTY_DECIDE, acting, CaseState.IDENTIFIED)
        self.raise_fact(
            Identified(
                self.ref,
                monitored_class,
                self.risks,
                self.first_clue_on,
                due_on,
                acting.on,
            )
        )

    def send_back(self, acting: Acting) -> None:
        """The county returns the case to the town; must say why."""
        self.require(Step.COUNTY_DECIDE, acting)
        require_note(acting)
        self._move(Step.COUNTY_DECIDE, acting, CaseState.TOWN_REVIEW)

    def refuse(self, acting: Acting) -> None:
        """The county does not identify the household; must say why."""
        self.require(Step.COUNTY_DECIDE, acting)
        require_note(acting)
        self._move(Step.COUNTY_DECIDE, acting, CaseState.REJECTED)
        self._reject("county", "county_refused", acting)

    # --- identified ------------------------------------------------------------------------------

    def announce(self, acting: Acting) -> None:
        self.require(Step.ANNOUNCE, acting)
        self.announced_on = acting.on
        self._move(Step.ANNOUNCE, acting, CaseState.MONITORED)

    def assign_helper(self, helper_no: str, acting: Acting, *, due_on: date, limit_confirmed: bool) -> None:
        """Fix who answers for the household, or who takes over; *helper_no* is a number, no name."""
        self.require(Step.ASSIGN_HELPER, acting)
        if not helper_no.strip():
            raise HelperMissingError
        self.helper_no = helper_no.strip()
        self.helper_fixed_on = acting.on
        self._advance(Step.ASSIGN_HELPER, acting, self.state, self.state)
        self.raise_fact(HelperFixed(self.ref, self.helper_no, due_on, limit_confirmed, acting.on))

    def eliminate(self, acting: Acting) -> None:
        """Mark the risk eliminated; only an approved elimination calls this."""
        self.require(Step.ELIMINATE, acting)
        self.eliminated_on = acting.on
        self._move(Step.ELIMINATE, acting, CaseState.ELIMINATED)

    def roll_back(self, reason: str, acting: Acting) -> None:
        """Take the elimination back: the household is monitored again. *reason* is a code."""
        self.require(Step.ROLL_BACK, acting)
        require_note(acting)
        self.eliminated_on = None
        self._move(Step.ROLL_BACK, acting, CaseState.MONITORED)
        self.raise_fact(RolledBack(self.ref, reason, acting.on))

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _hanging(self) -> Notice:
        if self.notice is None:
            msg = f"case {self.id} is in publicity without a notice"
            raise RuntimeError(msg)
        return self.notice

    def _move(self, step: Step, acting: Acting, to: CaseState) -> None:
        before, self.state = self.state, to
        self._advance(step, acting, before, to)

    def _compare(
        self, step: Step, acting: Acting, to: ComparisonState, main: CaseState | None = None
    ) -> None:
        stood, self.state = self.state, main or self.state
        before, self.comparison = self.comparison, to
        self._advance(step, acting, before, to, stood)

    def _advance(
        self, step: Step, acting: Acting, before: str, after: str, stood: CaseState | None = None
    ) -> None:
        self.steps += 1
        track = STEPS[step].track if step in STEPS else "main"
        if track == "comparison":
            self.last_compared_on = acting.on
        elif track == "main":
            self.last_step_on = acting.on
        stands = str(self.state)
        was = str(before if stood is None else stood)
        self.raise_fact(Advanced(self.ref, step, str(before), str(after), was, stands, self.steps, acting))

    def _reject(self, stage: Stage, reason: str, acting: Acting) -> None:
        self.raise_fact(Rejected(self.ref, stage, reason, acting.on))
