"""A problem from the day it was found until it stays away: the four lists in one object."""

from dataclasses import dataclass, field, replace
from datetime import date

from services.evaluation.domain.ledger import facts
from services.evaluation.domain.ledger.acting import Acting, require_may
from services.evaluation.domain.ledger.errors import (
    LedgerDayError,
    MechanismMissingError,
    NoProgressError,
    NothingAboveError,
    PlaceElsewhereError,
    StepNotPermittedError,
    WrongStageError,
)
from services.evaluation.domain.ledger.parts import (
    Check,
    Happened,
    LookBack,
    Plan,
    Progress,
    Recurrence,
    Responsible,
)
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.recurrence import Earlier, Likes, found_again, reopened
from services.evaluation.domain.ledger.reminder import Running
from services.evaluation.domain.ledger.state import (
    PERMITTED,
    STAGE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    WITH_THE_UNIT,
    Level,
    Source,
    Stage,
    State,
    Step,
)
from shared.kernel.aggregate import Aggregate

_ABOVE = {Level.VILLAGE: Level.TOWN, Level.TOWN: Level.COUNTY}


@dataclass(kw_only=True)
class Problem(Aggregate):
    """One entry of the ledger. *unit* answers for it: a town (nine digits) or department (official name).

    *due_on* is None until it is handed over; *moved_on* is when the unit last did
    something about it; *stages* are the re-checks of the present close-out.
    """

    id: str
    number: str
    unit: str
    source: Source
    category: str
    text: str
    found_on: date
    registered_on: date
    area_code: str = ""
    household_id: str = ""
    document_no: str = ""
    cause: str = ""
    systemic: bool = False
    state: State = State.REGISTERED
    level: Level | None = None
    plan: Plan = field(default_factory=Plan)
    responsible: Responsible = field(default_factory=Responsible)
    handed_over_on: date | None = None
    due_on: date | None = None
    moved_on: date | None = None
    progress: tuple[Progress, ...] = ()
    mechanism: str = ""
    completed_on: date | None = None
    stages: tuple[Stage, ...] = ()
    round: int = 0
    checks: tuple[Check, ...] = ()
    closed_on: date | None = None
    on_the_spot: bool = False
    recurrences: tuple[Recurrence, ...] = ()
    look_backs: tuple[LookBack, ...] = ()
    history: tuple[Happened, ...] = ()

    @property
    def due_stage(self) -> Stage | None:
        """Return the re-check that comes next, None when none is asked for."""
        if self.state not in PERMITTED[Step.APPROVE]:
            return None
        passed = {check.stage for check in self.checks if check.round == self.round}
        return next((stage for stage in self.stages if stage not in passed), None)

    @property
    def running(self) -> Running:
        """Return what reminders look at."""
        with_unit = self.state in WITH_THE_UNIT
        return Running(self.state, self.due_on, self.moved_on, self.plan.next_due() if with_unit else None)

    def register(self, policy: LedgerPolicy, acting: Acting) -> None:
        """Enter what was found; the unit and the category must be known."""
        policy.require_unit(self.unit)
        policy.require_category(self.category, self.found_on)
        policy.require_cause(self.cause, self.found_on)
        _not_after(self.found_on, acting.on, "发现（反馈）日期", "The day it was found")
        if acting.role == "town" and self.area_code and not self.area_code.startswith(acting.unit):
            raise PlaceElsewhereError
        self._log("register", acting)
        special = policy.is_special(self.category, self.found_on)
        about = replace(self._about(acting), on=self.found_on)
        fed_back = self.source is not Source.SELF
        self.raise_fact(facts.Registered(about, self.source, self.category, special, fed_back))

    def confirm(
        self,
        unit: str,
        category: str,
        cause: str,
        *,
        systemic: bool,
        likes: Likes,
        policy: LedgerPolicy,
        acting: Acting,
    ) -> None:
        """Find it true, of this unit, category and cause; *likes* of the same tell whether it came back."""
        self._require(Step.CONFIRM, acting)
        policy.require_unit(unit)
        policy.require_category(category, self.found_on)
        policy.require_cause(cause, self.found_on)
        self._log(Step.CONFIRM, acting)
        self.unit, self.category, self.cause, self.systemic = unit, category, cause, systemic
        self.state = State.CONFIRMED
        special = policy.is_special(category, self.found_on)
        self.raise_fact(facts.Confirmed(self._about(acting), category, cause, systemic, special))
        again = found_again(self.found_on, likes, policy) if cause else None
        if again is not None:
            self._recur(again, acting)

    def reject(self, reason: str, acting: Acting) -> None:
        """Find it untrue, with the reason."""
        self._take(Step.REJECT, acting, reason)
        self.state = State.REJECTED
        # It never was one: true from the day it was said to be found, known since today.
        self.raise_fact(facts.Rejected(replace(self._about(acting), on=self.found_on)))

    def fix_on_the_spot(self, what: str, evidence: str, acting: Acting) -> None:
        """Close what was put right while the inspectors stood there; it needs no re-check."""
        self._take(Step.FIX_ON_THE_SPOT, acting)
        self.progress = (*self.progress, Progress(acting.on, what, acting.by, evidence))
        self.on_the_spot = True
        self.completed_on = acting.on
        self._close(acting)

    def hand_over(self, level: Level, responsible: Responsible, due_on: date, acting: Acting) -> None:
        """Hand it to its unit at *level*, with who answers and the day by which it is closed."""
        self._require(Step.HAND_OVER, acting)
        if due_on < acting.on:
            raise LedgerDayError(
                what_zh="整改时限",
                how_zh="早于",
                what_en="The limit",
                how_en="before",
                bound=acting.on.isoformat(),
            )
        self._log(Step.HAND_OVER, acting)
        self.level, self.responsible, self.due_on = level, responsible, due_on
        self.handed_over_on = self.moved_on = acting.on
        self.plan, self.state = Plan(), State.HANDED_OVER
        self.raise_fact(facts.HandedOver(self._about(acting), level, responsible.lead_unit, due_on))

    def send_up(self, reason: str, acting: Acting) -> None:
        """Send it up a level, to be handed over anew: the unit cannot put it right."""
        self._require(Step.SEND_UP, acting)
        if self.level is None or self.level not in _ABOVE:
            raise NothingAboveError
        self._log(Step.SEND_UP, acting, reason)
        self.level, self.state = _ABOVE[self.level], State.CONFIRMED
        self.due_on = self.moved_on = None

    def make_plan(self, plan: Plan, acting: Acting) -> None:
        """Say measures, target, standard and stages; no stage may lie after the limit."""
        self._require(Step.PLAN, acting)
        for node in plan.nodes:
            _not_after(node.due_on, self.due_on or node.due_on, "阶段节点", "A stage")
        self._log(Step.PLAN, acting)
        first = not self.plan.measures
        self.plan, self.state, self.moved_on = plan, State.RECTIFYING, acting.on
        if first:
            self.raise_fact(facts.Planned(self._about(acting)))

    def record_progress(self, progress: Progress, reached: frozenset[int], acting: Acting) -> None:
        """Record what was done, and the stages of the plan *reached* by it (positions from 0)."""
        self._require(Step.PROGRESS, acting)
        _not_after(progress.on, acting.on, "进展日期", "The day of progress")
        self._log(Step.PROGRESS, acting)
        self.progress = (*self.progress, progress)
        self.plan = self.plan.reached(reached, progress.on)
        self.state, self.moved_on = State.RECTIFYING, acting.on

    def attach(self, file: str, acting: Acting) -> None:
        """Add a stored file to what was recorded last; it is for whoever may record progress."""
        self._require(Step.PROGRESS, acting)
        if not self.progress:
            raise NoProgressError
        last = self.progress[-1]
        self.progress = (*self.progress[:-1], replace(last, files=(*last.files, file)))
        self._log("evidence", acting)

    def ask_close_out(self, completed_on: date, mechanism: str, policy: LedgerPolicy, acting: Acting) -> None:
        """Ask for close-out: needs progress since the last round and, if systemic, the mechanism."""
        self._require(Step.ASK_CLOSE_OUT, acting)
        _not_after(completed_on, acting.on, "完成日期", "The day of completion")
        if not self._progressed():
            raise NoProgressError
        if self.systemic and not (mechanism or self.mechanism):
            raise MechanismMissingError
        self._log(Step.ASK_CLOSE_OUT, acting)
        self.completed_on, self.mechanism = completed_on, mechanism or self.mechanism
        self.round += 1
        lead = self.responsible.lead_unit
        self.stages = policy.stages(self.level or Level.COUNTY, self.unit, lead, acting.on)
        self.state, self.moved_on = State.CLOSE_OUT_ASKED, acting.on
        self.raise_fact(facts.CloseOutAsked(self._about(acting), bool(self.mechanism)))

    def approve(self, stage: Stage, note: str, acting: Acting) -> None:
        """Pass the re-check that is due; the last one closes the problem."""
        self._check(Step.APPROVE, stage, note, acting, passed=True)
        if self.due_stage is None:
            self._close(acting)
        else:
            self.state = State.IN_CHECK

    def send_back(self, stage: Stage, reason: str, acting: Acting) -> None:
        """Send it back to the unit, with the reason: the whole chain begins again at the next close-out."""
        self._check(Step.SEND_BACK, stage, reason, acting, passed=False)
        self.state, self.completed_on = State.RETURNED, None

    def reopen(self, reason: str, likes: Likes, policy: LedgerPolicy, acting: Acting) -> None:
        """Open it again: it has come back; *likes* say how often the same did before."""
        self._take(Step.REOPEN, acting, reason)
        self._open_again(likes, policy, acting)

    def look_back(self, held: bool, note: str, likes: Likes, policy: LedgerPolicy, acting: Acting) -> None:  # noqa: FBT001  (a result, not a switch)
        """Record a visit after close-out; what has not held is reopened."""
        self._take(Step.LOOK_BACK, acting, note)
        self.look_backs = (*self.look_backs, LookBack(acting.on, held, acting.by, note))
        self.raise_fact(facts.LookedBack(self._about(acting), held))
        if not held:
            self._open_again(likes, policy, acting)

    def _open_again(self, likes: Likes, policy: LedgerPolicy, acting: Acting) -> None:
        earlier = Earlier(self.id, self.closed_on or self.found_on)
        self.state, self.closed_on, self.completed_on = State.REOPENED, None, None
        self.due_on = self.moved_on = None
        self.on_the_spot = False
        self._recur(reopened(acting.on, earlier, likes, policy), acting)

    def _recur(self, one: Recurrence, acting: Acting) -> None:
        self.recurrences = (*self.recurrences, one)
        self._log("recur", acting)
        about = self._about(acting)
        self.raise_fact(
            facts.Recurred(about, one.how, one.earlier_id, one.times, one.counts, one.consequence)
        )

    def _check(self, step: Step, stage: Stage, note: str, acting: Acting, *, passed: bool) -> None:
        due = self.due_stage
        if due is not None and stage is not due:
            raise WrongStageError(due_zh=STAGE_WORDS[due][0], due_en=STAGE_WORDS[due][1])
        self._take(step, acting, note)
        self.checks = (*self.checks, Check(self.round, stage, passed, acting.on, acting.by, note))
        self.moved_on = acting.on
        self.raise_fact(facts.Checked(self._about(acting), stage, passed, self.round))

    def _close(self, acting: Acting) -> None:
        self.state, self.closed_on = State.CLOSED, acting.on
        self.raise_fact(facts.Closed(self._about(acting), self.due_on, self.on_the_spot))

    def _progressed(self) -> bool:
        """Say whether progress was recorded in this round; the history has the order of things of one day."""
        for line in reversed(self.history):
            if line.step is Step.PROGRESS:
                return True
            if line.step in {Step.SEND_BACK, Step.HAND_OVER}:
                return False
        return False

    def _take(self, step: Step, acting: Acting, note: str = "") -> None:
        self._require(step, acting)
        self._log(step, acting, note)

    def _require(self, step: Step, acting: Acting) -> None:
        """Raise unless the step is possible now and for who acts."""
        if self.state not in PERMITTED[step]:
            (state_zh, state_en), (step_zh, step_en) = STATE_WORDS[self.state], STEP_WORDS[step]
            raise StepNotPermittedError(
                state_zh=state_zh, state_en=state_en, step_zh=step_zh, step_en=step_en
            )
        require_may(self, step, acting)

    def _log(self, step: Step | str, acting: Acting, note: str = "") -> None:
        unit = acting.area if acting.role == "village" else acting.unit
        line = Happened(step, acting.on, acting.by, note, acting.role, unit)  # type: ignore[arg-type]  # a step, or one of the other words
        self.history = (*self.history, line)

    def _about(self, acting: Acting) -> facts.About:
        area = self.area_code or (self.unit if self.unit.isdigit() else "")
        return facts.About(self.id, self.unit, area, acting.on)


def _not_after(day: date, bound: date, zh: str, en: str) -> None:
    if day > bound:
        raise LedgerDayError(what_zh=zh, how_zh="晚于", what_en=en, how_en="after", bound=bound.isoformat())
