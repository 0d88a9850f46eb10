import shutil
from itertools import count

import pytest

from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.bootstrap import towns_of_the_county
from services.evaluation.settings import Settings
from shared.messaging.intake import take_in
from tests.evaluation.copies import become, copied, service_on
from tests.evaluation.samples import Year, sealed


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
    service = service_on(f"sqlite:///{file}")
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
        service = service_on(url or f"sqlite:///{file}")
        if url is not None:
            service.upgrade_database()
        return service

    return build


@pytest.fixture
def service(new_service):
    """A service with an empty database."""
    return new_service()


@pytest.fixture(scope="session")
def told_year(migrated, tmp_path_factory):
    """A SQLite file that knows ``Year(4)``."""

    def change(service):
        take_in(sealed(Year(4).events), service.uow(), service.reader, at=service.clock())

    return copied(migrated, tmp_path_factory.mktemp("told") / "year.db", change, ids="told")


@pytest.fixture
def tell_year(told_year):
    """Let a service that knows nothing yet know ``Year(4)``."""
    return lambda service: become(service, told_year)


@pytest.fixture
def tell():
    """Let a service take events in, as they come from the departments."""

    def take(service, envelopes):
        taken = take_in(envelopes, service.uow(), service.reader, at=service.clock())
        assert [] == taken.set_aside
        return taken

    return take
