"""What of dispatch waits for an officer: months to file, meetings to hold, sites to choose, undertakings."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.evaluation.adapters.read_models_dispatch import (
    duties_of,
    find_reports,
    find_sites,
    find_undertakings,
)
from services.evaluation.domain.dispatch.undertaking import KINDS
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.dispatch import action_words, report_words
from services.evaluation.entrypoints.web.site import site_words
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.task_item import Task
from shared.kernel.period import Month
from shared.web.i18n import Words
from shared.web.period_words import period_words

_ABOUT = 40
"""Characters of a text that a list of tasks shows."""


def dispatch_tasks(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    """Yield what the officer's own unit owes; nothing for who owes nothing."""
    if ask.officer.role not in ("town", "department"):
        return
    mine = own_unit(ask)
    yield from _months(ask, connection, mine)
    yield from _undertaken(connection, mine)
    if mine.isdigit():
        yield from _sites(ask, connection, mine)
    else:
        yield from _meetings(ask, connection, mine)


def _months(ask: EvaluationAsk, connection: Connection, mine: str) -> Iterator[Task]:
    for state in ("due", "returned"):
        for one in find_reports(connection, unit=mine, state=state)[0]:
            words = Words("报送月调度进展", "File the month's progress")
            yield Task(words, f"/dispatch/{one.id}", report_words(ask, one), mine, one.due_on)


def _undertaken(connection: Connection, mine: str) -> Iterator[Task]:
    for one in find_undertakings(connection, unit=mine, state="open")[0]:
        if one.unit == mine:
            zh, en = KINDS[one.kind]
            words = Words(f"办理{zh}", f"Do: {en}")
            yield Task(words, f"/undertakings/{one.id}", one.text[:_ABOUT], mine, one.due_on)


def _sites(ask: EvaluationAsk, connection: Connection, mine: str) -> Iterator[Task]:
    for state in ("planned", "withdrawn"):
        for one in find_sites(connection, year=ask.today.year, town=mine, state=state)[0]:
            due = Month(one.year, 12).last_day
            words = Words("确定示范点", "Choose a demonstration site")
            yield Task(words, f"/sites/{one.id}", site_words(ask, one), mine, due)


def _meetings(ask: EvaluationAsk, connection: Connection, mine: str) -> Iterator[Task]:
    for one in duties_of(connection, ask.today.year, mine):
        if not one.meeting_id:
            words = Words(
                f"召开{period_words(one.quarter).zh}例会",
                f"Hold the meeting of {period_words(one.quarter).en}",
            )
            yield Task(words, "/meetings", action_words(ask, one.action), mine, one.due_on)
