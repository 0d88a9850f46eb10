"""One problem on a page: its four lists, its history, and the steps that are open to who looks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from services.evaluation.adapters.ledger import problem_from, problem_of
from services.evaluation.adapters.read_models_ledger import events_of, evidence_of
from services.evaluation.bootstrap import Evaluation
from services.evaluation.domain.ledger.acting import Acting, may
from services.evaluation.domain.ledger.errors import UnknownProblemError
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.reminder import Limits
from services.evaluation.domain.ledger.state import PERMITTED, State, Step
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.labels import fact_words, same, unit_words
from services.evaluation.entrypoints.web.ledger_words import (
    LEDGER,
    acting_of,
    category_words,
    cause_words,
    colour_badge,
    consequence_badge,
    level_words,
    place_words,
    scope_of,
    source_words,
    stage_words,
    state_badge,
    state_words,
    step_words,
    who_words,
)
from shared.persistence.engine import reading
from shared.web.access import OutsideAreaError
from shared.web.asking import Crumb, FileAnswer, TimelineEntry, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("ledger_problem", prefix="/ledger/problems")
_COURSE = (
    State.REGISTERED,
    State.CONFIRMED,
    State.HANDED_OVER,
    State.RECTIFYING,
    State.CLOSE_OUT_ASKED,
    State.IN_CHECK,
    State.CLOSED,
)
_ASIDE = {State.RETURNED: State.RECTIFYING, State.REOPENED: State.CONFIRMED, State.REJECTED: State.REGISTERED}
_OTHERWISE = {
    "register": Words("登记", "Entered"),
    "recur": Words("认定反复", "Found to have come back"),
    "evidence": Words("上传佐证材料", "Evidence added"),
}
_DAYS_OFFERED = 30
"""How many days a hand-over offers as limit; whoever hands over changes it."""


def problem_seen(ask: EvaluationAsk, problem_id: str) -> Problem:
    """Return the problem if the officer may see it; a town is not told which others there are."""
    with reading(ask.service.engine) as connection:
        row = connection.execute(problem_of(problem_id)).mappings().first()
    scope = scope_of(ask.officer)
    if row is not None and scope.holds(found := problem_from(dict(row))):
        return found
    raise OutsideAreaError if scope.unit or scope.area else UnknownProblemError


@section.page("/{problem_id}", "ledger.read", "evaluation/ledger_problem.html")
def show_problem(ask: EvaluationAsk, problem_id: str) -> View:
    """Show everything about a problem; what can be done next stands on top."""
    problem = problem_seen(ask, problem_id)
    with reading(ask.service.engine) as connection:
        events = events_of(connection, problem)
    acting = acting_of(ask.officer, ask.today)
    title = same(problem.number)
    data = {
        "problem": problem,
        "unit": unit_words(problem.unit),
        "state": state_badge(problem.state),
        "colour": colour_badge(problem, ask.today, Limits.of(ask.service.ledger, ask.today)),
        "course": [(one.value, state_words(one).pick(ask.language)) for one in _COURSE],
        "at": _ASIDE.get(problem.state, problem.state).value,
        "steps": open_steps(problem, acting),
        "stage": stage_words(problem.due_stage) if problem.due_stage else None,
        "words": _words(ask.service, problem),
        "checks": [(one, stage_words(one.stage)) for one in problem.checks],
        "recurrences": [(one, consequence_badge(one.consequence)) for one in problem.recurrences],
        "offered": _offered(ask, problem),
        "history": timeline(problem),
        "events": [(event_id, fact_words(fact), day) for event_id, fact, day in events],
        "confirmed": ask.service.ledger.recurrence_months.entry_on(ask.today).confirmed,
    }
    return View(title, data, crumbs=(Crumb(LEDGER, "/ledger"), Crumb(title)))


@section.download("/{problem_id}/files/{key}", "ledger.read")
def evidence_file(ask: EvaluationAsk, problem_id: str, key: str) -> FileAnswer:
    """Give a file to whoever may see the problem."""
    problem = problem_seen(ask, problem_id)
    with reading(ask.service.engine) as connection:
        media_type, content = evidence_of(connection, problem, key)
    return FileAnswer(f"{problem.number}-{key[:8]}.{key.partition('.')[2]}", media_type, [content])


def open_steps(problem: Problem, acting: Acting) -> list[str]:
    """Return the steps possible now for who acts, as the page names its forms."""
    return [step.value for step in Step if problem.state in PERMITTED[step] and may(problem, step, acting)]


def _words(service: Evaluation, problem: Problem) -> dict[str, Words]:
    return {
        "source": source_words(problem.source),
        "category": category_words(service, problem),
        "cause": cause_words(service, problem),
        "level": level_words(problem.level or ""),
        "place": place_words(problem),
    }


def _offered(ask: EvaluationAsk, problem: Problem) -> dict[str, object]:
    """Return what is known already, for the forms."""
    return {
        "today": ask.today,
        "due_on": ask.today + timedelta(days=_DAYS_OFFERED),
        "level": problem.level or ("village" if problem.area_code[9:] else "town"),
        **{f"of_{name}": value for name, value in asdict(problem.responsible).items()},
    }


def timeline(problem: Problem) -> Sequence[TimelineEntry]:
    """Return the problem's history, the newest first."""
    entries = []
    for line in problem.history:
        words = step_words(line.step) if isinstance(line.step, Step) else _OTHERWISE[line.step]
        detail = same(line.note) if line.note else None
        entries.append(TimelineEntry(line.on, words, detail, who_words(line)))
    return entries[::-1]
