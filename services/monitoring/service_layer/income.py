"""The commands on income ledgers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.income import Income, IncomeLedger
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen
from shared.kernel.period import Days, reference_period
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIncome:
    """What a household earned and spent in twelve months, in fen by ledger item (A1 … E4); None counts as 0.

    Without *period* it is the twelve whole months before the month of *on*.
    """

    household_id: str
    items: Mapping[str, Fen | None]
    on: date
    claim_fen: Fen = 0
    self_paid_fen: Fen = 0
    period: Days | None = None
    by: str = ""
    note: str = field(default="", repr=False)


def record_income(command: RecordIncome, uow: UnitOfWork, line: DatedFigure[int]) -> str:
    """Record a ledger for everybody who belongs to the household now, and return its id."""
    return record_incomes([command], uow, line)[0]


def record_incomes(
    commands: Sequence[RecordIncome], uow: UnitOfWork, line: DatedFigure[int]
) -> tuple[str, ...]:
    """Record a ledger for each command, all or none, and return their ids in the same order.

    A few hundred at once keep the transaction short. Raises HouseholdNotFoundError
    when any household is not on record.
    """
    with uow:
        places = uow.ledgers.households(sorted({command.household_id for command in commands}))
        ledgers = [_ledger(command, places, uow, line) for command in commands]
        uow.ledgers.add_all(ledgers)
        uow.commit()
    return tuple(ledger.id for ledger in ledgers)


def _ledger(
    command: RecordIncome,
    places: Mapping[str, tuple[str, int]],
    uow: UnitOfWork,
    line: DatedFigure[int],
) -> IncomeLedger:
    if command.household_id not in places:
        raise HouseholdNotFoundError
    area_code, persons = places[command.household_id]
    on = not_after_today(command.on, uow.clock)
    income = Income(
        items={item: amount for item, amount in command.items.items() if amount is not None},
        persons=persons,
        claim=command.claim_fen,
        self_paid=command.self_paid_fen,
    )
    return IncomeLedger.record(
        ledger_id=uow.ids(),
        household_id=command.household_id,
        area_code=area_code,
        period=command.period or reference_period(on),
        income=income,
        line=line.entry_on(on),
        on=on,
        by=command.by,
        note=command.note.strip(),
    )
