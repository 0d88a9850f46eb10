"""Commands on the points of resident teams: opening the year's accounts, adding and taking off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.evaluation.domain.field_work.errors import UnknownFieldWorkError
from services.evaluation.domain.field_work.point_account import PointAccount
from services.evaluation.domain.field_work.policy import FieldWorkPolicy
from services.evaluation.service_layer.dispatch.given import past_day
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id


def account_id_of(year: int, area_code: str) -> str:
    """Return the id of the account of a village's team for a year."""
    return derived_id("points", str(year), area_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPoints:
    """*points* below zero are taken off; *reason* is a code of ``REASONS``, *note* names no person."""

    account_id: str
    points: Decimal
    reason: str
    on: date
    note: str = field(default="", repr=False)
    version: int | None = None


def open_accounts(
    villages: Sequence[str], on: date, uow: UnitOfWork, policy: FieldWorkPolicy
) -> tuple[str, ...]:
    """Open the year's accounts of these villages' teams as far as they are not open; return all their ids."""
    with uow:
        day = past_day(on, uow.clock)
        opening = policy.opening.on(day)
        accounts = [PointAccount.open(day.year, village, opening, on=day) for village in villages]
        uow.field_work.accounts.add_new(accounts)
        uow.commit()
    return tuple(one.id for one in accounts)


def enter_points(commands: Sequence[EnterPoints], uow: UnitOfWork, policy: FieldWorkPolicy) -> None:
    """Enter points in one transaction, in their order; each line reached is proposed to people, once."""
    with uow:
        found = uow.field_work.accounts.many([command.account_id for command in commands])
        for command in commands:
            account = found.get(command.account_id)
            if account is None:
                raise UnknownFieldWorkError
            account.expect_version(command.version)
            on = past_day(command.on, uow.clock)
            account.enter(command.points, command.reason, policy.lines_on(on), on=on)
            uow.field_work.accounts.save(account)
            uow.field_work.keep_points(account, command.points, command.reason, command.note.strip(), on)
        uow.commit()
