import shutil
from itertools import count

import pytest

from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.bootstrap import bootstrap, towns_of_the_county
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.intake import take_in
from tests.evaluation.samples import TODAY


@pytest.fixture(scope="session")
def rulebook():
    """The rules as shipped."""
    return load_rulebook(Settings.model_fields["rulebook_dir"].default)


@pytest.fixture(scope="session")
def towns():
    """The county's towns."""
    return towns_of_the_county()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A migrated, empty SQLite file: copying it is quicker than migrating again."""
    file = tmp_path_factory.mktemp("evaluation") / "migrated.db"
    service = bootstrap(Settings(database_url=f"sqlite:///{file}"))
    service.upgrade_database()
    service.engine.dispose()
    return file


@pytest.fixture
def new_service(tmp_path, migrated):
    """Build services on databases of their own, at noon of TODAY; SQLite files unless *url* is given."""
    numbers = count()

    def build(url=None):
        if url is None:
            file = shutil.copyfile(migrated, tmp_path / f"evaluation{next(numbers)}.db")
        settings = Settings(database_url=url or f"sqlite:///{file}")
        service = bootstrap(settings, clock=SetClock(at_hour(TODAY, 12)), ids=SeededIds("evaluation"))
        if url is not None:
            service.upgrade_database()
        return service

    return build


@pytest.fixture
def service(new_service):
    """A service with an empty database."""
    return new_service()


@pytest.fixture
def tell():
    """Let a service take events in, as they come from the departments."""

    def take(service, envelopes):
        taken = take_in(envelopes, service.uow(), service.reader, at=service.clock())
        assert [] == taken.set_aside
        return taken

    return take
