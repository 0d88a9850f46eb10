"""What of the five steps waits for an officer besides clues, cases and eliminations."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_follow_up import (
    answers_waiting,
    find_reopenings,
    waiting_escalations,
    whose,
)
from services.monitoring.adapters.read_models_screening import coverage_in, rounds_of, sampled_in, samples_of
from services.monitoring.adapters.running_timers import running_timers
from services.monitoring.domain.reopening import ELIMINATION_DOUBTS
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.task_item import Task
from shared.kernel.period import add_days
from shared.web.i18n import Words

_MOST = 500
_SOON = 30
"""A return visit is a task from so many days before it is due."""


def five_steps_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the escalations, reopenings, answers, return visits, rounds and samples of this level."""
    role = ask.officer.role
    if role in ("town", "county"):
        yield from _escalations(ask, connection)
        yield from _reopenings(ask, connection)
    if role in ("town", "village"):
        yield from _answers(ask, connection)
    if role == "village":
        yield from _return_visits(ask, connection)
        yield from _rounds(ask, connection)
    if role == "county":
        yield from _samples(ask, connection)


def _escalations(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows = waiting_escalations(connection, ask.officer.role, ask.officer.area_code)[:_MOST]
    names = whose(connection, {row.household_id for row in rows})
    for row in rows:
        what, days = words_of("timer_kind", row.timer_kind), (ask.today - row.due_on).days
        yield Task(
            Words(f"督办：{what.zh}，逾期 {days} 天", f"Late below you: {what.en}, {days} days"),
            f"/escalations/{row.id}",
            names[row.household_id].household_no,
            names[row.household_id].head_name,
            row.area_code,
            row.due_on,
        )


def _reopenings(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows, _total = find_reopenings(connection, ask.officer.area_code, only_open=True, limit=_MOST)
    mine = [row for row in rows if (row.reason in ELIMINATION_DOUBTS) == (ask.officer.role == "county")]
    names = whose(connection, {row.household_id for row in mine})
    for row in mine:
        why = words_of("reopening_reason", row.reason)
        yield Task(
            Words(f"复核：{why.zh}", f"Look at a case again: {why.en}"),
            f"/reopenings/{row.id}",
            names[row.household_id].household_no,
            names[row.household_id].head_name,
            row.area_code,
            row.due_on,
        )


def _answers(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    for row in answers_waiting(connection, ask.officer.area_code)[:_MOST]:
        days = ask.service.screening_policy.answer_days.on(row.verified_on)
        yield Task(
            Words("答复线索反映人", "Answer an informant"),
            f"/clues/{row.clue_id}",
            row.household_no,
            row.head_name,
            row.area_code,
            add_days(row.verified_on, days),
        )


def _return_visits(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    service = ask.service
    timers = [
        one
        for one in running_timers(connection, service.case_policy.limits, service.screening_policy)
        if one.kind == "return_visit"
        and one.area_code.startswith(ask.officer.area_code)
        and one.due_on <= add_days(ask.today, _SOON)
    ]
    names = whose(connection, {one.household_id for one in timers})
    for one in timers:
        yield Task(
            Words("风险消除后回访", "Return visit after the elimination"),
            one.path,
            names[one.household_id].household_no,
            names[one.household_id].head_name,
            one.area_code,
            one.due_on,
        )


def _rounds(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    for one in rounds_of(connection):
        if one.closed_on is not None or one.first_on > ask.today:
            continue
        left = coverage_in(connection, one.id, ask.officer.area_code).left
        if left:
            yield Task(
                Words(
                    f"集中排查入户：{one.name}（还有 {left} 户）",
                    f"Screening round: {one.name} ({left} households left)",
                ),
                f"/screening/{one.id}",
                "",
                "",
                ask.officer.area_code,
                one.last_on,
            )


def _samples(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    for one in samples_of(connection):
        if one.drawn_on is None or one.closed_on is not None:
            continue
        waiting = [
            row
            for row in sampled_in(connection, one.id, ask.officer.area_code, limit=_MOST)[0]
            if row.inspected_on is None
        ]
        for row in waiting:
            yield Task(
                Words(f"抽样检查：{one.title}", f"Sample inspection: {one.title}"),
                f"/samples/households/{row.id}",
                row.household_no,
                row.head_name,
                row.area_code,
                add_days(one.drawn_on, 30),
            )
