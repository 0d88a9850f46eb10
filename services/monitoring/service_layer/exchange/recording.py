"""What an approved import records: households registered and corrected by the registry's own commands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date

from services.monitoring.domain.household import ORDINARY
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.batch import BatchRefusedError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    RegisterHousehold,
    correct_households,
    register_households,
)
from services.monitoring.service_layer.member import Person
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_exchange import StagedRow
from shared.kernel.errors import Refusal

AT_ONCE = 500
_OWN = frozenset(one.name for one in fields(RegisterHousehold)) - {"household_no", "persons", "on", "further"}


def record(
    households: Sequence[Sequence[StagedRow]], on: date, uow: UnitOfWork, checks: MemberChecks
) -> dict[str, Refusal]:
    """Record these households, each with its rows; return, by number, what is refused of them.

    When anything is returned nothing of its kind was recorded: the caller ends without a commit.
    """
    new = [rows for rows in households if rows[0].household_id is None]
    changed = [rows for rows in households if rows[0].household_id is not None]
    refused: dict[str, Refusal] = {}
    try:
        if new:
            register_households([_registration(rows, on) for rows in new], uow, checks)
    except BatchRefusedError as error:
        refused |= _by_number(error.refusals, new)
    try:
        if changed:
            correct_households([_correction(rows, on) for rows in changed], uow, checks)
    except BatchRefusedError as error:
        refused |= _by_number(error.refusals, changed)
    return refused


def usable(households: Sequence[Sequence[StagedRow]]) -> Iterator[Sequence[StagedRow]]:
    """Yield the households of which no row is wrong."""
    for rows in households:
        if rows[0].household_no and all(row.outcome != "failed" for row in rows):
            yield rows


def _registration(rows: Sequence[StagedRow], on: date) -> RegisterHousehold:
    said = dict(rows[0].household)
    own = {name: said.pop(name) for name in list(said) if name in _OWN}
    return RegisterHousehold(
        household_no=rows[0].household_no,
        persons=tuple(Person(**row.person) for row in rows),
        on=on,
        further=said,
        **{"household_type": ORDINARY, **own},
    )


def _correction(rows: Sequence[StagedRow], on: date) -> CorrectHousehold:
    changes = next((row.household for row in rows if row.household), {})
    return CorrectHousehold(
        household_id=rows[0].household_id or "",
        changes=changes,
        on=on,
        members={row.person_id: row.person for row in rows if row.person_id and row.person},
        version=rows[0].household_version,
    )


def _by_number(
    refusals: Mapping[int, Refusal], households: Sequence[Sequence[StagedRow]]
) -> dict[str, Refusal]:
    return {households[position][0].household_no: refusal for position, refusal in refusals.items()}
