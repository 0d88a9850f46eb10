"""Settling a matter that has a limit: the same for disputes, findings and facility tasks."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from services.monitoring.domain.matter import Matter
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_governance import Matters


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMatter:
    """A matter ended on a day, in one of the ways of its kind."""

    matter_id: str
    way: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


M = TypeVar("M", bound=Matter)


def close_in(matters: Matters[M], command: CloseMatter, uow: UnitOfWork) -> None:
    """Settle the matter, inside the transaction that *uow* has begun; the caller commits."""
    matter = matters.get(command.matter_id)
    matter.expect_version(command.version)
    on = not_after_today(command.on, uow.clock)
    matter.close(command.way, on=on, by=command.by, note=command.note.strip())
    matters.save(matter)
