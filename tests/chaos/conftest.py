from collections.abc import Iterator

import pytest

from tests.chaos.stage import Stage
from tests.support.postgresql import PostgreSQL


@pytest.fixture(scope="session")
def stage(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The servers of all cells."""
    with Stage(postgresql, tmp_path_factory.mktemp("chaos")) as stage:
        yield stage
