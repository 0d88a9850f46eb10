"""Commands on the monthly rounds of cleaning the data."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.quality.cleaning_round import CleaningRound
from services.monitoring.domain.quality.errors import CleaningRoundError
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """The county opens the round of the month of *on*."""

    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound:
    """The round is done; its counts are taken from the errors themselves."""

    round_id: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def open_round(command: OpenRound, uow: UnitOfWork) -> str:
    """Open this month's round and return its id; one a month."""
    month = str(Month.of(command.on))
    with uow:
        on = not_after_today(command.on, uow.clock)
        if uow.cleaning_rounds.of_month(month) is not None:
            raise CleaningRoundError
        opened = CleaningRound(id=uow.ids(), month=month, opened_on=on, opened_by=command.by)
        uow.cleaning_rounds.add(opened)
        uow.commit()
    return opened.id


def close_round(command: CloseRound, uow: UnitOfWork) -> CleaningRound:
    """Close a round: found is what stood at its beginning or came since, fixed what was answered since."""
    with uow:
        round_ = uow.cleaning_rounds.get(command.round_id)
        on = not_after_today(command.on, uow.clock)
        found, fixed = uow.data_errors.counted(round_.opened_on, on)
        round_.close(found=found, fixed=fixed, on=on, by=command.by, note=command.note.strip())
        uow.cleaning_rounds.save(round_)
        uow.commit()
    return round_
