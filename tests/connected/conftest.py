from collections.abc import Iterator

import pytest

from tests.support.chain_county import NAMES, ChainCounty
from tests.support.postgresql import PostgreSQL


@pytest.fixture
def chain_databases(postgresql: PostgreSQL, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty database for each service of the chain."""
    prefix = f"chain{abs(hash(request.node.nodeid)) % 10**9}"
    names = {name: f"{prefix}_{name}" for name in NAMES}
    yield {name: postgresql.create_database(database) for name, database in names.items()}
    for database in names.values():
        postgresql.drop_database(database)


@pytest.fixture
def chain(vhost: str, chain_databases: dict[str, str]) -> Iterator[ChainCounty]:
    """The chain on RabbitMQ and PostgreSQL; no worker runs yet."""
    county = ChainCounty(vhost, chain_databases)
    yield county
    county.close()
