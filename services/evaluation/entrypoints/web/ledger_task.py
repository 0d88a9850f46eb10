"""What of the ledger waits for an officer: to confirm, hand over, plan, go on, re-check, go back."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from services.evaluation.adapters.read_models_ledger import not_looked_back, waiting
from services.evaluation.domain.ledger.acting import may
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.state import Stage, State, Step
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.ledger import page_of
from services.evaluation.entrypoints.web.ledger_words import EVERYTHING, acting_of, scope_of, stage_words
from services.evaluation.entrypoints.web.task_item import Task
from shared.kernel.period import add_days
from shared.web.i18n import Words

_WHAT: Mapping[State, tuple[Step, Words]] = {
    State.REGISTERED: (Step.CONFIRM, Words("核定问题", "Confirm a problem")),
    State.CONFIRMED: (Step.HAND_OVER, Words("交办问题", "Hand a problem over")),
    State.REOPENED: (Step.HAND_OVER, Words("重新交办反复的问题", "Hand over a problem that came back")),
    State.HANDED_OVER: (Step.PLAN, Words("制定整改方案", "Plan the rectification")),
    State.RECTIFYING: (Step.ASK_CLOSE_OUT, Words("整改并申请销号", "Rectify and ask for close-out")),
    State.RETURNED: (Step.ASK_CLOSE_OUT, Words("退回的问题继续整改", "Go on with a problem sent back")),
}
_CHECKED = (State.CLOSE_OUT_ASKED, State.IN_CHECK)


def ledger_tasks(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    """Give the officer's next steps; a step that is another's is not given."""
    if ask.officer.role in {"operator", "grid"}:
        return
    acting, scope = acting_of(ask.officer, ask.today), scope_of(ask.officer)
    for problem in waiting(connection, (*_WHAT, *_CHECKED), scope):
        step, words = _next(problem)
        if may(problem, step, acting):
            yield _task(problem, words, _due(ask, problem))
    if ask.officer.role in EVERYTHING:
        days = ask.service.ledger.look_back_days.on(ask.today)
        near = ask.service.ledger.near_days.on(ask.today)
        for problem in not_looked_back(connection, add_days(ask.today, near - days)):
            closed_on = problem.closed_on or ask.today
            yield _task(
                problem, Words("销号后回头看", "Look back after close-out"), add_days(closed_on, days)
            )


def _next(problem: Problem) -> tuple[Step, Words]:
    if problem.due_stage is None:
        return _WHAT[problem.state]
    words = stage_words(Stage(problem.due_stage))
    return Step.APPROVE, Words(f"销号复核：{words.zh}", f"Re-check a close-out: {words.en}")


def _due(ask: EvaluationAsk, problem: Problem) -> date:
    policy, today = ask.service.ledger, ask.today
    moved = problem.moved_on or problem.registered_on
    if problem.state in {State.REGISTERED, State.CONFIRMED, State.REOPENED}:
        since = problem.registered_on if problem.state is State.REGISTERED else problem.history[-1].on
        return add_days(since, policy.confirm_days.on(today))
    if problem.state in _CHECKED:
        return add_days(moved, policy.check_days.on(today))
    if problem.state is State.HANDED_OVER:
        return add_days(moved, policy.plan_days.on(today))
    return min(day for day in (problem.due_on, problem.running.next_node_on, date.max) if day is not None)


def _task(problem: Problem, words: Words, due_on: date) -> Task:
    return Task(words, page_of(problem), problem.number, problem.unit, due_on)
