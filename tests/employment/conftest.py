import json
import shutil
from datetime import date
from itertools import count

import pytest

from services.employment.adapters.policy import load_policy
from services.employment.bootstrap import bootstrap
from services.employment.settings import Settings
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.intake import take_in

TODAY = date(2022, 6, 15)
VILLAGE = "610327102200"


@pytest.fixture(scope="session")
def policy():
    """The department's own figures, as shipped."""
    return load_policy(Settings.model_fields["policy_dir"].default)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A migrated, empty SQLite file: copying it is quicker than migrating again."""
    file = tmp_path_factory.mktemp("employment") / "migrated.db"
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
            file = shutil.copyfile(migrated, tmp_path / f"employment{next(numbers)}.db")
        settings = Settings(database_url=url or f"sqlite:///{file}")
        service = bootstrap(settings, clock=SetClock(at_hour(TODAY, 12)), ids=SeededIds("employment"))
        if url is not None:
            service.upgrade_database()
        return service

    return build


@pytest.fixture
def service(new_service):
    """A service with an empty database."""
    return new_service()


@pytest.fixture
def told(service):
    """Tell the service events, as monitoring would; returns their envelopes."""
    ids = SeededIds("monitoring")

    def tell(*events):
        sealed = [Envelope.seal(event, ids=ids, at=service.clock()) for event in events]
        take_in(sealed, service.uow(), service.reader, at=service.clock())
        return sealed

    return tell


@pytest.fixture
def make_household():
    """Build a household snapshot of persons given as dicts."""

    def make(household_id="h1", *, version=1, lifted_out=True, area_code=VILLAGE, **persons):
        persons = persons or {"p1": {}}
        members = tuple(
            v1.Member(
                **{
                    "person_id": person_id,
                    "person_no": f"{household_id}-{person_id}",
                    "relation": "001",
                    "sex": "1",
                    "born_on": date(1980, 3, 1),
                    "labour_skill": "001",
                    **about,
                }
            )
            for person_id, about in persons.items()
        )
        return v1.HouseholdRecorded(
            occurred_on=date(2022, 1, 1),
            household_id=household_id,
            area_code=area_code,
            household_no=f"N{household_id}",
            version=version,
            household_type="100A03A03",
            lifted_out=lifted_out,
            members=members,
        )

    return make


@pytest.fixture
def make_request():
    """Build a requested measure."""

    def make(measure_id="m1", **other):
        return v1.MeasureRequested(
            **{
                "occurred_on": date(2022, 6, 1),
                "household_id": "h1",
                "area_code": VILLAGE,
                "measure_id": measure_id,
                "case_id": "c1",
                "risk": "100A27009",
                "category": "100A40",
                "code": "005",
                "department": "县人社局",
                "service": "employment",
                "due_on": date(2022, 7, 1),
                **other,
            }
        )

    return make


@pytest.fixture
def outbox(service):
    """Return the events waiting in the service's outbox, oldest first, as attributes."""

    def waiting():
        with service.uow() as uow:
            return [Envelope.from_attributes(json.loads(row.envelope)) for row in uow.outbox.take(1000)]

    return waiting
