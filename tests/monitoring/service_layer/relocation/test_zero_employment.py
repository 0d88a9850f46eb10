"""Zero employment: opened and closed by the sweep, whatever the order of employment's events."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.monitoring.adapters.tables import work_seen
from services.monitoring.domain.relocation.errors import NotRelocatedError
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.relocation.zero_employment import (
    SurveyLabour,
    note_work,
    survey_labour,
    survey_many,
    sweep_zero_employment,
)
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope, EventData
from shared.kernel.ids import derived_id
from shared.messaging.intake import take_in
from tests.monitoring.kit import DAY, VILLAGE, family, person

AT = datetime(2022, 7, 1, 2, tzinfo=UTC)
TODAY = date(2022, 7, 1)
OPENED, CLOSED = "monitoring.zero_employment_opened.v1", "monitoring.zero_employment_closed.v1"


@pytest.fixture
def moved(service):
    return register_household(family(relocated=True), service.uow(), service.checks)


def survey(service, household, willing=1, on=DAY):
    told = SurveyLabour(household_id=household, labourers=2, surveyed=2, willing=willing, on=on)
    return survey_labour(told, service.uow())


def job(household, day, *, end=None, spell="s1"):
    """Return the beginning of a spell of work and, when there is one, its end."""
    about = {"household_id": household, "area_code": VILLAGE, "spell_id": spell, "person_id": "p1"}
    began = employment.JobStarted(
        occurred_on=day,
        **about,
        place_code="610327",
        region="county",
        monthly_pay_fen=300_000,
        channel="01",
        lifted_out=True,
        complete=True,
    )
    told: list[EventData] = [began]
    if end is not None:
        told.append(employment.JobEnded(occurred_on=end, **about, reason="changed", without_work=True))
    return [_sealed(one, derived_id(one.type, spell, str(one.occurred_on))) for one in told]


def _sealed(event, named):
    return Envelope.seal(event, ids=lambda: named, at=AT)


def take(service, events):
    for one in events:
        take_in([one], service.uow(), service.reader, at=AT)


def sweep(service, today=TODAY):
    return sweep_zero_employment(today, service.uow(), service.relocation_policy)


def test_willing_and_without_work(service, moved, outbox):
    """Somebody willing and nobody in work: a spell, told once with its limit; the next sweep has no news."""
    survey(service, moved)
    assert (1, 0) == (sweep(service), sweep(service))
    assert [("2022-07-31", False, 1)] == [
        (told["due_on"], told["limit_confirmed"], told["willing"]) for told in outbox(OPENED)
    ]


def test_it_ends_with_the_first_who_works(service, moved, outbox):
    """A job that began closes the spell; its end opens the next on another day."""
    survey(service, moved)
    sweep(service)
    take(service, job(moved, TODAY))
    assert 1 == sweep(service)
    assert ["employed"] == [told["way"] for told in outbox(CLOSED)]
    take(service, job(moved, TODAY, end=date(2022, 7, 5)))
    assert (0, 1) == (sweep(service, date(2022, 7, 4)), sweep(service, date(2022, 7, 5)))
    assert 2 == len(outbox(OPENED))


def test_a_post_is_work_too(service, moved, outbox):
    """Who holds a public-service post is in work until it ends."""
    survey(service, moved)
    about = {"household_id": moved, "area_code": VILLAGE, "placement_id": "b1", "person_id": "p1"}
    placed = employment.PostPlaced(
        occurred_on=DAY, **about, post_kind="01", monthly_pay_fen=80_000, ends_on=date(2022, 12, 31)
    )
    take(service, [Envelope.seal(placed, ids=lambda: "e1", at=AT)])
    assert 0 == sweep(service)
    ended = employment.PostEnded(occurred_on=TODAY, **about, reason="other")
    take(service, [Envelope.seal(ended, ids=lambda: "e2", at=AT)])
    assert 1 == sweep(service)


def test_nobody_willing_any_more(service, moved, outbox):
    """The later answer of the half-year stands: nobody willing closes the spell."""
    survey(service, moved)
    sweep(service)
    survey(service, moved, willing=0, on=TODAY)
    sweep(service)
    assert ["not_willing"] == [told["way"] for told in outbox(CLOSED)]


def test_an_answer_is_good_for_a_year(service, moved):
    """On the last day of twelve months the answer counts, on the next it is too old."""
    survey(service, moved, on=date(2021, 7, 2))
    assert 1 == sweep(service, date(2022, 7, 1))
    assert 1 == sweep(service, date(2022, 7, 2))


def test_where_nobody_is_able(service, outbox):
    """Willing or not, a household without labour is none of them."""
    old = person(labour_skill="004")
    household = register_household(family(relocated=True, persons=(old,)), service.uow(), service.checks)
    survey(service, household)
    assert 0 == sweep(service)


def test_only_relocated_households_are_surveyed(service, household, outbox):
    """The survey is of those who moved; a whole village's is taken in one transaction."""
    with pytest.raises(NotRelocatedError):
        survey(service, household)
    moved = register_household(family("H002", relocated=True, persons=()), service.uow(), service.checks)
    told = SurveyLabour(household_id=moved, labourers=2, surveyed=1, willing=0, on=DAY)
    assert 1 == survey_many([told], service.uow())
    assert ["20221"] == [event["half"] for event in outbox("monitoring.relocated_labour_surveyed.v1")]


SPELLS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 30), st.none() | st.integers(0, 30), st.integers(0, 1)),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPELLS, st.randoms(use_true_random=False))
def test_order_repetition_and_batches_change_nothing(service, spells, chance):
    """The same events in any order, twice and in any batches leave the same rows."""
    run = derived_id("run", str(spells), str(chance.random()))
    events = []
    for number, (_, first, last, _) in enumerate(spells):
        began = DAY + timedelta(days=first)
        ended = None if last is None else DAY + timedelta(days=last)
        events += job(f"h-{run}", began, end=ended, spell=f"{run}-{number % 3}")
    expected = _kept(service, run, events, [len(events)] if events else [])
    shuffled = [*events, *chance.sample(events, k=len(events) // 2)]
    chance.shuffle(shuffled)
    sizes: list[int] = []
    while sum(sizes) < len(shuffled):
        sizes.append(chance.randint(1, len(shuffled) - sum(sizes)))
    assert expected == _kept(service, run, shuffled, sizes)


def _kept(service, run, events, sizes):
    """Take *events* in batches of *sizes* in a transaction that is given up, and return the rows left."""
    with service.uow() as uow:
        start = 0
        for size in sizes:
            note_work(events[start : start + size], uow)
            start += size
        rows = uow.connection.execute(
            select(work_seen).where(work_seen.c.household_id == f"h-{run}").order_by(work_seen.c.spell_id)
        )
        return [tuple(row) for row in rows]
