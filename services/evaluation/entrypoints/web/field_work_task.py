"""What of field work waits for an officer: classes to hold, people new in post to train."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.evaluation.adapters.read_models_field_work import find_classes, untrained_new
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.entrypoints.web.task_item import Task
from shared.kernel.period import add_days
from shared.web.i18n import Words

_MOST = 1000
_SOON = 30
"""Days before a planned class at which it is somebody's task."""


def field_work_tasks(ask: EvaluationAsk, connection: Connection) -> Iterator[Task]:
    """Yield the unit's classes that are due soon and its people who are to be trained by a day."""
    if ask.officer.role not in ("town", "department"):
        return
    mine = own_unit(ask)
    for one in find_classes(connection, state="planned", unit=mine, limit=_MOST)[0]:
        if one.due_on <= add_days(ask.today, _SOON):
            yield Task(
                Words("举办培训班", "Hold a training class"),
                f"/training/{one.id}",
                one.name,
                mine,
                one.due_on,
            )
    for cadre in untrained_new(connection, mine, limit=_MOST):
        words = Words("安排新任职干部培训", "Have somebody new in post trained")
        yield Task(words, f"/cadres/{cadre.id}", cadre.number, mine, cadre.train_by or ask.today)
