"""What every command about a process has in common: which one, on which day, by whom, as last seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from services.finance.domain.process import Acting, Process
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from shared.kernel.clock import day_of

P = TypeVar("P", bound=Process)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """A step that says nothing but its day. *version* is the one the person saw; None asks nothing."""

    id: str
    on: date
    by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The command that puts something on record; *area_code* is where it lies."""

    area_code: str
    on: date
    by: str = ""


def acting(command: TakeStep | Opening, uow: UnitOfWork) -> Acting:
    return Acting(command.on, day_of(uow.clock()), command.by)


def take(
    command: TakeStep,
    uow: UnitOfWork,
    kept: Callable[[UnitOfWork], Processes[P]],
    act: Callable[[P, Acting], object],
) -> None:
    """Read one of those *kept*, let it *act*, and save it, in one transaction."""
    with uow:
        one = kept(uow).get(command.id)
        one.expect_version(command.version)
        act(one, acting(command, uow))
        kept(uow).save(one)
        uow.commit()
