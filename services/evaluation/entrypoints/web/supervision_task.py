"""What of supervision waits for an officer: orders to answer or review, inspections, triggers."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from services.evaluation.adapters.read_models_supervision import (
    OrderSearch,
    find_inspections,
    find_orders,
    find_triggers,
)
from services.evaluation.entrypoints.web.accountability import KINDS
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.task_item import Task
from shared.kernel.clock import COUNTY_ZONE, day_of
from shared.kernel.period import Days, Month, add_days
from shared.web.i18n import Words

_MOST = 1000
_SOON = 7
"""Days before a planned inspection is to be filed at which it is somebody's task."""


def supervision_tasks(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    """Yield a unit's orders to answer; for the supervision office what to review, inspect and decide."""
    role = ask.officer.role
    if role in ("town", "department"):
        yield from _to_answer(ask, connection)
    elif role == "evaluator":
        yield from _to_review(connection)
        yield from _to_inspect(ask, connection)
        yield from _to_decide(connection)


def _to_answer(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    for state in ("issued", "returned"):
        wanted = OrderSearch(unit=own_unit(ask), state=state)
        for order in find_orders(connection, wanted, limit=_MOST, offset=0)[0]:
            hour = order.due_at.astimezone(COUNTY_ZONE).strftime("%H:%M")
            words = Words(f"回复督办函（{hour}前）", f"Answer an order (by {hour})")
            yield Task(words, f"/orders/{order.id}", order.number, order.unit, day_of(order.due_at))


def _to_review(connection: Connection) -> Iterator[Task]:
    for order in find_orders(connection, OrderSearch(state="answered"), limit=_MOST, offset=0)[0]:
        since = day_of(order.answered_at or order.due_at)
        yield Task(
            Words("审核督办回复", "Review a reply"), f"/orders/{order.id}", order.number, order.unit, since
        )


def _to_inspect(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    due = Days(date(ask.today.year - 1, 1, 1), max(add_days(ask.today, _SOON), Month.of(ask.today).last_day))
    for state in ("planned", "under_way"):
        for one in find_inspections(connection, due, state=state, limit=_MOST, offset=0)[0]:
            words = Words("完成督查并归档", "Carry out and file an inspection")
            yield Task(words, f"/inspections/{one.id}", one.team, one.unit, one.due_on)


def _to_decide(connection: Connection) -> Iterator[Task]:
    steps = (
        ("proposed", Words("研判问责线索", "Decide on a trigger")),
        ("confirmed", Words("移送问责线索", "Pass a trigger on")),
    )
    for state, words in steps:
        for one in find_triggers(connection, state=state, limit=_MOST, offset=0)[0]:
            yield Task(
                words, f"/triggers/{one.id}", KINDS[one.kind], one.unit, one.decided_on or one.proposed_on
            )
