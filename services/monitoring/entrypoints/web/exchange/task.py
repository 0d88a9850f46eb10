"""Imports that wait for somebody: previewed ones for a decision, refused ones for a correction."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_exchange import find_imports
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.task_item import Task
from shared.areas import areas
from shared.web.i18n import Words

_MOST = 200


def exchange_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the officer's own previewed imports: due today, since the registry moves on."""
    officer = ask.officer
    if officer.role not in ("county", "department", "town"):
        return
    department = officer.unit if officer.role == "department" else ""
    rows, _total = find_imports(
        connection, area_code=officer.area_code, department=department, limit=_MOST, offset=0
    )
    for one in rows:
        if one.state == "previewed" and one.uploaded_by == officer.account_id:
            wanted = ask.service.formats[one.format]
            words = Words(f"确认导入：{wanted.zh}", f"Confirm the import: {wanted.en}")
            if one.counts["failed"]:
                words = Words(f"改正导入错误：{wanted.zh}", f"Correct the import: {wanted.en}")
            yield Task(words, f"/imports/{one.id}", "", "", areas().county.code, ask.today)
