from decimal import Decimal

import pytest

from services.evaluation.adapters.read_models_field_work import points_of
from services.evaluation.domain.field_work.errors import UnknownFieldWorkError
from services.evaluation.service_layer.field_work.point_account import (
    EnterPoints,
    account_id_of,
    enter_points,
    open_accounts,
)
from shared.persistence.engine import reading
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told

VILLAGE = "610327109203"


def enter(service, *points):
    """Enter points of the village's team, all at once."""
    account = account_id_of(2023, VILLAGE)
    commands = [
        EnterPoints(account_id=account, points=Decimal(one), reason="visit", on=TODAY) for one in points
    ]
    enter_points(commands, service.uow(), service.field_work)


def test_an_account_is_opened_once(service):
    """Opened twice it is the same account, told once."""
    for _ in range(2):
        ids = open_accounts([VILLAGE], TODAY, service.uow(), service.field_work)
        assert (account_id_of(2023, VILLAGE),) == ids
    assert 1 == len(told(service, "point_account_opened"))


def test_each_entry_is_kept_with_its_balance(service):
    """Entries of one batch follow one another; the line reached is told once, as a proposal."""
    open_accounts([VILLAGE], TODAY, service.uow(), service.field_work)
    enter(service, "-1.5", "-0.5", "-1")
    with reading(service.engine) as connection:
        kept = points_of(connection, account_id_of(2023, VILLAGE))
    assert [(3, Decimal("7.0")), (2, Decimal("8.0")), (1, Decimal("8.5"))] == [
        (one.sequence, one.balance) for one in kept
    ]
    assert ["remind"] == [one["act"] for one in told(service, "point_line_reached")]


def test_an_account_nobody_opened(service):
    """Points for a team without an account are refused."""
    with pytest.raises(UnknownFieldWorkError):
        enter(service, "1")
