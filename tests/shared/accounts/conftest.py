from datetime import UTC, datetime

import pytest

from shared.accounts import Accounts, NewAccount, Passwords
from shared.kernel.clock import SetClock
from shared.persistence.engine import open_engine


@pytest.fixture(scope="session", name="passwords")
def _passwords():
    return Passwords(time_cost=1, memory_kib=8)


@pytest.fixture(name="clock")
def _clock():
    return SetClock(datetime(2022, 5, 6, 1, 0, tzinfo=UTC))


@pytest.fixture(name="accounts")
def _accounts(tmp_path, clock, passwords):
    engine = open_engine(f"sqlite:///{tmp_path / 'accounts.db'}")
    yield Accounts(engine, clock=clock, passwords=passwords)
    engine.dispose()


@pytest.fixture(name="clerk")
def _clerk():
    return NewAccount("clerk", "经办（测试）", "town", "固关镇", "610327109")
