"""The steps of a problem as actions; the domain decides who may take which, and when."""

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.errors import NotYoursError, StepNotPermittedError
from services.evaluation.domain.ledger.parts import Node, Plan
from services.evaluation.domain.ledger.state import STATE_WORDS, STEP_WORDS, Source, Stage, Step
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, path_to
from services.evaluation.entrypoints.web.ledger_forms import (
    AskForm,
    ConfirmForm,
    EnterForm,
    EvidenceForm,
    FixForm,
    HandOverForm,
    LookBackForm,
    PassForm,
    PlanForm,
    ProgressForm,
    ReasonForm,
)
from services.evaluation.entrypoints.web.ledger_problem import problem_seen
from services.evaluation.entrypoints.web.ledger_words import EVERYTHING, acting_of
from services.evaluation.service_layer.ledger.closing import (
    LookBack,
    Recheck,
    ReopenProblem,
    look_back,
    recheck,
    reopen_problem,
)
from services.evaluation.service_layer.ledger.entering import (
    ConfirmProblem,
    EnterProblem,
    FixOnTheSpot,
    HandOverProblem,
    RejectProblem,
    confirm_problem,
    enter_problem,
    fix_on_the_spot,
    hand_over_problem,
    reject_problem,
)
from services.evaluation.service_layer.ledger.rectifying import (
    LARGEST_EVIDENCE,
    AskCloseOut,
    AttachEvidence,
    PlanRectification,
    RecordProgress,
    SendUp,
    ask_close_out,
    attach_evidence,
    plan_rectification,
    record_progress,
    send_up,
)
from shared.web.asking import Done
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("ledger_action", prefix="/ledger/problems")


def _acting(act: EvaluationAct, problem_id: str = "") -> Acting:
    """Return who acts, on a problem that he may see."""
    if problem_id:
        problem_seen(act, problem_id)
    return acting_of(act.officer, act.today)


def _done(problem_id: str, zh: str, en: str) -> Done:
    return Done(path_to("ledger", "problems", problem_id), zh, en, {"id": problem_id})


@section.action("", "ledger.enter", Words("登记问题", "Enter a problem"), EnterForm)
def enter(act: EvaluationAct, form: EnterForm) -> Done:
    acting = _acting(act)
    own = form.unit == acting.unit and form.source is Source.SELF
    if act.officer.role not in EVERYTHING and not own:
        who_zh, who_en = "督查考核机构（镇和部门登记本单位自查发现的问题）", "the supervision office"
        raise NotYoursError(step_zh="登记问题", step_en="Enter a problem", who_zh=who_zh, who_en=who_en)
    command = EnterProblem(
        form.unit,
        form.source,
        form.category,
        form.text,
        form.found_on,
        form.area_code,
        document_no=form.document_no,
        systemic=form.systemic,
    )
    problem_id = enter_problem(command, act.uow(), act.service.ledger, acting)
    location = path_to("ledger", "problems", problem_id)
    return Done(location, "问题已登记", "The problem is entered", {"id": problem_id}, created=True)


@section.action(
    "/{problem_id}/confirm",
    "ledger.confirm",
    Words("核定属实", "Confirm"),
    ConfirmForm,
    permission="ledger.decide",
)
def confirm(act: EvaluationAct, form: ConfirmForm, problem_id: str) -> Done:
    command = ConfirmProblem(problem_id, form.unit, form.category, form.cause, form.systemic, form.version)
    confirm_problem(command, act.uow(), act.service.ledger, _acting(act, problem_id))
    return _done(problem_id, "问题已核定，请交办", "Confirmed; hand it over now")


@section.action(
    "/{problem_id}/reject",
    "ledger.reject",
    Words("认定不属实", "Find untrue"),
    ReasonForm,
    permission="ledger.decide",
    danger=True,
)
def reject(act: EvaluationAct, form: ReasonForm, problem_id: str) -> Done:
    command = RejectProblem(problem_id, form.reason, form.version)
    reject_problem(command, act.uow(), _acting(act, problem_id))
    return _done(problem_id, "已认定不属实", "Found untrue")


@section.action(
    "/{problem_id}/fix",
    "ledger.fix",
    Words("现场立行立改", "Fixed on the spot"),
    FixForm,
    permission="ledger.decide",
)
def fix(act: EvaluationAct, form: FixForm, problem_id: str) -> Done:
    command = FixOnTheSpot(problem_id, form.what, form.evidence, form.version)
    fix_on_the_spot(command, act.uow(), _acting(act, problem_id))
    return _done(problem_id, "已现场整改销号", "Fixed on the spot and closed")


@section.action(
    "/{problem_id}/hand-over",
    "ledger.hand_over",
    Words("交办", "Hand over"),
    HandOverForm,
    permission="ledger.decide",
)
def hand_over(act: EvaluationAct, form: HandOverForm, problem_id: str) -> Done:
    command = HandOverProblem(
        problem_id,
        form.level,
        form.due_on,
        form.lead_unit,
        form.supervising_unit,
        form.leader,
        form.person,
        form.version,
    )
    hand_over_problem(command, act.uow(), act.service.ledger, _acting(act, problem_id))
    return _done(problem_id, "已交办责任单位", "Handed over to the unit")


@section.action(
    "/{problem_id}/send-up",
    "ledger.send_up",
    Words("上提解决", "Pass up a level"),
    ReasonForm,
    permission="ledger.answer",
)
def pass_up(act: EvaluationAct, form: ReasonForm, problem_id: str) -> Done:
    send_up(SendUp(problem_id, form.reason, form.version), act.uow(), _acting(act, problem_id))
    return _done(problem_id, "已上提，待重新交办", "Passed up; it will be handed over anew")


@section.action(
    "/{problem_id}/plan",
    "ledger.plan",
    Words("制定整改方案", "Plan the rectification"),
    PlanForm,
    permission="ledger.answer",
)
def make_plan(act: EvaluationAct, form: PlanForm, problem_id: str) -> Done:
    nodes = tuple(Node(one.what, one.due_on) for one in form.nodes)
    plan = Plan(form.measures, form.target, form.standard, nodes)
    command = PlanRectification(problem_id, plan, form.version)
    plan_rectification(command, act.uow(), _acting(act, problem_id))
    return _done(problem_id, "整改方案已登记", "The plan is recorded")


@section.action(
    "/{problem_id}/progress",
    "ledger.progress",
    Words("登记整改进展", "Record progress"),
    ProgressForm,
)
def progress(act: EvaluationAct, form: ProgressForm, problem_id: str) -> Done:
    command = RecordProgress(
        problem_id,
        form.on,
        form.text,
        form.evidence,
        reached=frozenset(form.reached),
        seen=form.version,
    )
    record_progress(command, act.uow(), _acting(act, problem_id))
    return _done(problem_id, "进展已登记", "The progress is recorded")


@section.action(
    "/{problem_id}/evidence",
    "ledger.evidence",
    Words("上传佐证材料", "Add evidence"),
    EvidenceForm,
    permission="ledger.progress",
    largest_file=LARGEST_EVIDENCE,
)
def evidence(act: EvaluationAct, form: EvidenceForm, problem_id: str) -> Done:
    command = AttachEvidence(problem_id, form.file.name, form.file.path.read_bytes(), form.version)
    attach_evidence(command, act.uow(), _acting(act, problem_id))
    return _done(problem_id, "佐证材料已上传", "The evidence is added")


@section.action(
    "/{problem_id}/close-out",
    "ledger.ask",
    Words("申请销号", "Ask for close-out"),
    AskForm,
    permission="ledger.answer",
)
def ask(act: EvaluationAct, form: AskForm, problem_id: str) -> Done:
    command = AskCloseOut(problem_id, form.completed_on, form.mechanism, form.version)
    ask_close_out(command, act.uow(), act.service.ledger, _acting(act, problem_id))
    return _done(problem_id, "已申请销号，待复核", "Close-out is asked; the re-check comes next")


@section.action(
    "/{problem_id}/approve",
    "ledger.approve",
    Words("复核通过", "Pass the re-check"),
    PassForm,
    permission="ledger.check",
)
def approve(act: EvaluationAct, form: PassForm, problem_id: str) -> Done:
    _recheck(act, problem_id, form.note, form.version, passed=True)
    return _done(problem_id, "复核已通过", "The re-check is passed")


@section.action(
    "/{problem_id}/send-back",
    "ledger.send_back",
    Words("复核退回", "Send back"),
    ReasonForm,
    permission="ledger.check",
)
def send_back(act: EvaluationAct, form: ReasonForm, problem_id: str) -> Done:
    _recheck(act, problem_id, form.reason, form.version, passed=False)
    return _done(problem_id, "已退回责任单位", "Sent back to the unit")


@section.action(
    "/{problem_id}/reopen",
    "ledger.reopen",
    Words("反复重开", "Reopen"),
    ReasonForm,
    permission="ledger.decide",
    danger=True,
)
def reopen(act: EvaluationAct, form: ReasonForm, problem_id: str) -> Done:
    command = ReopenProblem(problem_id, form.reason, form.version)
    reopen_problem(command, act.uow(), act.service.ledger, _acting(act, problem_id))
    return _done(problem_id, "问题已重开，请重新交办", "Reopened; hand it over anew")


@section.action(
    "/{problem_id}/look-back",
    "ledger.look_back",
    Words("回头看", "Look-back visit"),
    LookBackForm,
    permission="ledger.decide",
)
def visit(act: EvaluationAct, form: LookBackForm, problem_id: str) -> Done:
    held = form.held == "held"
    command = LookBack(problem_id, held, form.note, form.version)
    look_back(command, act.uow(), act.service.ledger, _acting(act, problem_id))
    if held:
        return _done(problem_id, "回头看已登记", "The visit is recorded")
    return _done(
        problem_id, "问题反弹，已重开，请重新交办", "It came back and is reopened; hand it over anew"
    )


def _recheck(act: EvaluationAct, problem_id: str, note: str, seen: int, *, passed: bool) -> None:
    stage = problem_seen(act, problem_id).due_stage
    if stage is None:
        problem = problem_seen(act, problem_id)
        step_zh, step_en = STEP_WORDS[Step.APPROVE if passed else Step.SEND_BACK]
        state_zh, state_en = STATE_WORDS[problem.state]
        raise StepNotPermittedError(state_zh=state_zh, state_en=state_en, step_zh=step_zh, step_en=step_en)
    recheck(Recheck(problem_id, Stage(stage), passed, note, seen), act.uow(), _acting(act, problem_id))
