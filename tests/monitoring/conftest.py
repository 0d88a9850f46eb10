"""The monitoring service on an empty SQLite database, in the county's year 2022."""

import json
import shutil
from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring import bootstrap as composition
from services.monitoring.adapters.tables import messages
from services.monitoring.bootstrap import bootstrap
from services.monitoring.service_layer.household import register_household
from services.monitoring.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from tests.monitoring.kit import PERSONAL_KEYS, family


@pytest.fixture(scope="session", autouse=True)
def policies_read_once():
    """The shipped policies are read once: nobody changes what was read, and reading it all takes its time."""
    shipped = Settings.model_fields["policy_dir"].default

    def once(load):
        kept = {}

        def loaded(folder, *more):
            if folder != shipped:
                return load(folder, *more)
            # What else a loader is given are constants.
            key = tuple(map(id, more))
            if key not in kept:
                kept[key] = load(folder, *more)
            return kept[key]

        return loaded

    with pytest.MonkeyPatch.context() as patch:
        for name, load in list(vars(composition).items()):
            if name.startswith("load_"):
                patch.setattr(composition, name, once(load))
        yield


@pytest.fixture
def clock():
    """Ten in the morning of 2022-07-01."""
    return SetClock(at_hour(date(2022, 7, 1), 10))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty SQLite database with every migration; tests get copies."""
    path = tmp_path_factory.mktemp("monitoring") / "migrated.db"
    made = bootstrap(Settings(database_url=f"sqlite:///{path}"))
    made.upgrade_database()
    made.engine.dispose()
    return path


@pytest.fixture
def service(tmp_path, clock, migrated):
    """A service nobody has used yet."""
    path = shutil.copy(migrated, tmp_path / "monitoring.db")
    made = bootstrap(Settings(database_url=f"sqlite:///{path}"), clock=clock, ids=SeededIds("test"))
    yield made
    made.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def both_services(request, tmp_path, clock):
    """The service on SQLite and, where it can be started, on PostgreSQL."""
    url = f"sqlite:///{tmp_path}/both.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("database")
    made = bootstrap(Settings(database_url=url, **PERSONAL_KEYS), clock=clock, ids=SeededIds("test"))
    made.upgrade_database()
    yield made
    made.engine.dispose()


@pytest.fixture
def outbox(service):
    """A function that returns the bodies of the events told so far, of one type or of all."""

    def told(type_: str = "") -> list[dict]:
        with service.engine.connect() as connection:
            rows = connection.execute(select(messages.outbox).order_by(messages.outbox.c.position)).all()
        return [json.loads(row.envelope)["data"] for row in rows if not type_ or row.type == type_]

    return told


@pytest.fixture
def household(service):
    """The id of a registered family: a man, his wife, their son at school."""
    return register_household(family(), service.uow(), service.checks)
