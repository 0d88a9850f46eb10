import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chain import ChainService, open_chain_service

_numbers = itertools.count()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[dict[str, ChainService]]:
    """The three services of the chain on SQLite and a broker in this process."""
    broker = f"memory://chain{next(_numbers)}"
    opened = {
        name: open_chain_service(name, f"sqlite:///{tmp_path}/{name}.db", broker)
        for name in ("first", "second", "last")
    }
    for service in opened.values():
        service.upgrade_database()
    yield opened
    for service in opened.values():
        service.engine.dispose()


@pytest.fixture
def first(services: dict[str, ChainService]) -> ChainService:
    return services["first"]


@pytest.fixture
def second(services: dict[str, ChainService]) -> ChainService:
    return services["second"]


@pytest.fixture
def last(services: dict[str, ChainService]) -> ChainService:
    return services["last"]
