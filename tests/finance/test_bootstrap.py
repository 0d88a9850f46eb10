"""The reader's promise: order, repetition and batching of what finance takes in change nothing."""

from datetime import date
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.finance.adapters.tables import metadata
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import at_hour
from shared.testing.readers import same_whatever_the_delivery

DAYS = st.dates(date(2022, 1, 1), date(2022, 6, 1))
HOUSEHOLDS = st.sampled_from(["h1", "h2"])
MEASURES = st.sampled_from(["m1", "m2", "m3"])


def members(ids):
    return tuple(
        v1.Member(
            person_id=person,
            person_no=person,
            relation="001",
            sex="2",
            born_on=date(1990, 1, 1),
            labour_skill="001",
        )
        for person in sorted(ids)
    )


def snapshot(household, version, day, ids):
    """A version of a household has one content only: its day and members follow from the number."""
    return v1.HouseholdRecorded(
        occurred_on=day,
        household_id=household,
        area_code="610327102200",
        household_no=household,
        version=version,
        household_type="100A03A03",
        members=members(ids),
    )


def requested(measure, replaces, service):
    return v1.MeasureRequested(
        occurred_on=date(2022, 6, 1),
        household_id="h1",
        area_code="610327102200",
        measure_id=measure,
        case_id="c1",
        risk="100A27009",
        category="100A41",
        code="005",
        department="县人社局",
        service=service,
        due_on=date(2022, 7, 1),
        replaces=replaces if replaces != measure else None,
    )


def recorded(measure, day, status):
    return v1.MeasureRecorded(
        occurred_on=day,
        household_id="h1",
        measure_id=measure,
        case_id="c1",
        risk="100A27009",
        category="100A41",
        code="005",
        department="县人社局",
        status=status,
        due_on=day,
        version=1,
    )


def identified(case, household):
    return v1.CaseIdentified(
        occurred_on=date(2022, 5, 1),
        household_id=household,
        case_id=case,
        monitored_class="100A03001",
        risks=(),
        first_clue_on=date(2022, 4, 20),
        due_on=date(2022, 5, 5),
    )


@st.composite
def diets(draw):
    """Snapshots (one content for each version), at most one request a measure, any number of records."""
    events = []
    for household in ("h1", "h2"):
        versions = draw(st.integers(0, 3))
        for version in range(1, versions + 1):
            ids = draw(st.sets(st.sampled_from(["p1", "p2", "p3"])))
            events.append(snapshot(household, version, draw(DAYS), ids))
    cases = draw(st.dictionaries(st.sampled_from(["c1", "c2"]), HOUSEHOLDS))
    events += [identified(case, household) for case, household in cases.items()]
    for measure in draw(st.sets(MEASURES)):
        replaces = draw(st.none() | MEASURES)
        service = draw(st.sampled_from(["employment", "finance"]))
        events.append(requested(measure, replaces, service))
    statuses = st.sampled_from(["accepted", "declined", "withdrawn"])
    events += draw(st.lists(st.builds(recorded, MEASURES, DAYS, statuses), max_size=4))
    numbers = count()
    at = at_hour(date(2022, 6, 1), 9)
    return [Envelope.seal(event, ids=lambda: f"e{next(numbers):03}", at=at) for event in events]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=diets(), seed=st.integers(0, 2**16))
def test_delivery_changes_nothing(sent, seed, new_service):
    """However the events are ordered, repeated and batched, the tables end the same."""
    same_whatever_the_delivery(new_service, metadata, sent, seed=seed)
