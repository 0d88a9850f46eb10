"""What of data quality waits for somebody: errors to answer, records at a gate, a round to open."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_quality import (
    ErrorSearch,
    find_cycles,
    find_errors,
    rounds,
    waiting_at_gates,
)
from services.monitoring.domain.quality.record_cycle import Gate
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.quality_shown import error_words, gate_words, unit_of
from services.monitoring.entrypoints.web.task_item import Task
from shared.kernel.period import add_days
from shared.web.i18n import Words

_MOST = 50
_WAITING = {
    "town": (Gate.ENTERED,),
    "county": (Gate.REVIEWED, Gate.INSPECTED),
}


def quality_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Give the errors the officer's place or unit must answer, what is due first, and the gates' queues."""
    role = ask.officer.role
    if role in ("village", "department"):
        yield from _errors(ask, connection)
    yield from _gates(ask, connection)
    if role == "county":
        yield from _round(ask, connection)


def _errors(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    search = ErrorSearch(area_code=ask.officer.area_code, unit=unit_of(ask))
    rows, _ = find_errors(connection, search, limit=_MOST, offset=0)
    for row in rows:
        what = error_words(ask, row)
        yield Task(
            Words(f"更正或说明：{what.zh}", f"Correct or explain: {what.en}"),
            f"/quality/errors/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            row.due_on,
        )


def _gates(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    days = ask.service.quality.gate_days.on(ask.today)
    waiting = waiting_at_gates(connection, ask.officer.area_code)
    for gate in _WAITING.get(ask.officer.role, ()):
        if not waiting.get(str(gate)):
            continue
        rows, total = find_cycles(
            connection, area_code=ask.officer.area_code, state=str(gate), limit=1, offset=0
        )
        words = gate_words(str(gate))
        yield Task(
            Words(
                f"办理数据关口：{total} 条停在“{words.zh}”", f"Gates: {total} records stand at “{words.en}”"
            ),
            f"/gates?state={gate}",
            "",
            "",
            ask.officer.area_code,
            add_days(rows[0].last_on, days),
        )
    if ask.officer.role == "village" and waiting.get(str(Gate.RETURNED)):
        rows, _ = find_cycles(
            connection, area_code=ask.officer.area_code, state=str(Gate.RETURNED), limit=_MOST
        )
        for row in rows:
            yield Task(
                Words("退回的信息，请更正", "Sent back: correct it"),
                f"/gates/{row.id}",
                row.household_no,
                row.head_name,
                row.area_code,
                add_days(row.last_on, days),
            )


def _round(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    every = rounds(connection)
    month = f"{ask.today:%Y%m}"
    day = ask.service.quality.cleaning_day.on(ask.today)
    if any(one.month == month for one in every) or ask.today.day < day:
        return
    yield Task(
        Words("开始本月数据集中清洗", "Open this month's cleaning round"),
        "/quality/cleaning",
        "",
        "",
        ask.officer.area_code,
        ask.today.replace(day=28),
    )
