"""What of the comparison waits for an officer: lists to deliver, differences, pushes, requests of cases."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_comparison import (
    delivered,
    find_case_comparisons,
    find_differences,
    find_lists,
    find_pushes,
)
from services.monitoring.entrypoints.web.comparison.place import asked_unit, last_month, month_words
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.task_item import Task
from shared.areas import COUNTY
from shared.kernel.period import Month
from shared.web.i18n import Words

_MOST = 1000


def comparison_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield what waits: of a department its own part, of town and village the differences of their area."""
    role = ask.officer.role
    if role == "department":
        yield from _lists(ask, connection)
        yield from _differences(ask, connection, department=ask.officer.unit, side="department")
        yield from _pushes(ask, connection)
        yield from _requests(ask, connection)
    elif role in ("town", "village"):
        if role == "town":
            yield from _requests(ask, connection)
        yield from _differences(ask, connection, department="", side="register")


def _lists(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    about = last_month(ask)
    month = Month(int(about[:4]), int(about[4:]))
    came = delivered(connection, about)
    for kind, duty in ask.service.comparison.owed(month).items():
        if duty.department == ask.officer.unit and kind not in came:
            named, of = words_of("department_list", kind), month_words(about)
            words = Words(f"报送{of.zh}{named.zh}名单", f"Deliver the list for {of.en}: {named.en}")
            yield Task(words, f"/department-lists?month={about}", "", "", COUNTY, duty.due_on(month))
    rows, _total = find_lists(connection, department=ask.officer.unit, month=about, limit=_MOST, offset=0)
    for one in rows:
        if one.by_name and not one.superseded_by:
            words = Words(f"确认{one.by_name}个按姓名匹配的人员", f"Decide on {one.by_name} matches by name")
            path = f"/department-lists/{one.id}?matched=name"
            yield Task(words, path, "", "", COUNTY, one.received_on)


def _differences(ask: MonitoringAsk, connection: Connection, *, department: str, side: str) -> Iterator[Task]:
    rows, _total = find_differences(
        connection,
        area_code=ask.officer.area_code,
        department=department,
        side=side,
        limit=_MOST,
        offset=0,
    )
    for row in rows:
        about = words_of("difference", row.about)
        yield Task(
            Words(f"核对比对差异：{about.zh}", f"Check a difference: {about.en}"),
            f"/differences/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            row.due_on,
        )


def _pushes(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows, _total = find_pushes(
        connection, department=ask.officer.unit, only_waiting=True, limit=_MOST, offset=0
    )
    for row in rows:
        kind = words_of("push_kind", row.kind)
        words = Words(f"答复推送：{kind.zh}（{row.rows}条）", f"Answer a push: {kind.en} ({row.rows})")
        yield Task(words, f"/pushes/{row.id}", "", "", COUNTY, row.due_on)


def _requests(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows, _total = find_case_comparisons(
        connection,
        department=asked_unit(ask.officer),
        area_code=ask.officer.area_code,
        state="asked",
        limit=_MOST,
    )
    for row in rows:
        yield Task(
            Words("答复识别对象比对", "Answer the comparison of a case"),
            f"/case-comparisons/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            row.due_on,
        )
