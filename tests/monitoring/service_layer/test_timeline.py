"""Whatever comes from other departments, in whatever order: clues and timelines come out the same."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.monitoring.adapters.tables import clue_reports, clues, messages, timeline
from services.monitoring.service_layer.clue import VerifyClue, verify_clue
from services.monitoring.service_layer.household import register_household
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.finance import v1 as finance
from shared.kernel.ids import derived_id
from shared.messaging.intake import take_in
from tests.monitoring.kit import VILLAGE, family, person

AT = datetime(2022, 7, 1, 2, tzinfo=UTC)
DAYS = st.sampled_from([date(2022, 5, 30), date(2022, 5, 31), date(2022, 6, 1), date(2022, 6, 30)])


def sealed(number, body):
    return Envelope.seal(body, ids=lambda: derived_id("test", str(number)), at=AT)


def lost(household, day, **given):
    told: dict[str, Any] = {"spell_id": "s", "person_id": "p", "reason": "lost", "without_work": True} | given
    return employment.JobEnded(occurred_on=day, household_id=household, area_code=VILLAGE, **told)


def overdue(household, day):
    return finance.LoanOverdue(
        occurred_on=day, household_id=household, area_code=VILLAGE, loan_id="l", balance_fen=1, due_on=day
    )


@st.composite
def diets(draw, households):
    """Return a few events of both departments about *households*."""
    kinds = [
        lost,
        overdue,
        lambda household, day: lost(household, day, reason="changed"),
        lambda household, day: lost(household, day, without_work=False),
    ]
    chosen = draw(st.lists(st.tuples(st.sampled_from(kinds), st.sampled_from(households), DAYS), max_size=10))
    return [sealed(number, kind(household, day)) for number, (kind, household, day) in enumerate(chosen)]


def left_behind(service):
    """Return what the reader's tables hold, without when it was written, and what was told."""
    with service.engine.connect() as connection:
        rows = {
            table.name: sorted(
                repr({**row, "at": None}) for row in connection.execute(select(table)).mappings()
            )
            for table in (clues, clue_reports, timeline)
        }
        told = {row.id for row in connection.execute(select(messages.outbox.c.id))}
    return rows, told


def forget(service):
    with service.engine.connect().execution_options(writing=True) as connection, connection.begin():
        for table in (clues, clue_reports, timeline, messages.inbox, messages.outbox, messages.set_aside):
            connection.execute(table.delete())


@pytest.fixture
def households(service):
    return [
        register_household(family(f"H{n}", persons=(person(number=n),)), service.uow(), service.checks)
        for n in (1, 2)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_order_repetition_and_batching_change_nothing(data, service, households):
    """However events are shuffled, repeated and divided, clues, reports, timeline and outbox agree."""
    diet = data.draw(diets(households))
    forget(service)
    take_in(diet, service.uow(), service.reader, at=AT)
    expected = left_behind(service)

    forget(service)
    delivered = data.draw(st.permutations(diet + diet[: len(diet) // 2]))
    while delivered:
        size = data.draw(st.integers(1, len(delivered)))
        batch, delivered = delivered[:size], delivered[size:]
        take_in(batch, service.uow(), service.reader, at=AT)

    assert expected == left_behind(service)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_reports_after_a_check_agree_too(data, service, households):
    """When a clue was closed before they came, reports in any order open the same next round."""
    days = data.draw(st.lists(st.integers(2, 30), min_size=1, max_size=6, unique=True))
    diet = [sealed(day, lost(households[0], date(2022, 6, day))) for day in days]
    first = sealed("first", lost(households[0], date(2022, 6, 1)))
    outcomes = []
    for batches in (diet,), [[event] for event in data.draw(st.permutations(diet))]:
        forget(service)
        take_in([first], service.uow(), service.reader, at=AT)
        with service.engine.connect() as connection:
            clue_id = connection.execute(select(clues.c.id)).scalar_one()
        verify_clue(VerifyClue(clue_id=clue_id, outcome="no_risk", on=date(2022, 7, 1)), service.uow())
        for batch in batches:
            take_in(batch, service.uow(), service.reader, at=AT)
        outcomes.append(left_behind(service)[0]["clues"])

    assert outcomes[0] == outcomes[1]


def test_lost_job_becomes_a_clue(service, households, outbox):
    """Somebody who lost the job and has no other is looked into; the clue names where it came from."""
    event = sealed(1, lost(households[0], date(2022, 6, 10)))
    take_in([event], service.uow(), service.reader, at=AT)
    (told,) = outbox("monitoring.clue_reported.v1")
    assert ("100A27009", "02", "2022-06-10") == (told["risk"], told["source"], told["occurred_on"])


def test_clue_is_a_consequence_of_the_event(service, households):
    """The clue's event names the loan's as its cause and shares its correlation."""
    event = sealed(1, overdue(households[0], date(2022, 6, 10)))
    take_in([event], service.uow(), service.reader, at=AT)
    with service.engine.connect() as connection:
        rows = connection.execute(select(messages.outbox).order_by(messages.outbox.c.position)).all()
    assert f'"causationid":"{event.id}"' in rows[-1].envelope
    assert f'"correlationid":"{event.correlationid}"' in rows[-1].envelope


@pytest.mark.parametrize("given_", [{"reason": "returned"}, {"without_work": False}])
def test_other_ends_of_a_job_are_no_clue(service, households, outbox, given_):
    """Who returned home or has another job is on the timeline, and raises nothing."""
    event = sealed(1, lost(households[0], date(2022, 6, 10), **given_))
    take_in([event], service.uow(), service.reader, at=AT)
    assert [] == outbox("monitoring.clue_reported.v1")


def test_event_of_an_unknown_household_is_set_aside(service, households):
    """An event that names no household of ours waits for an officer; its neighbours are taken in."""
    stranger = sealed(1, lost("h-unknown", date(2022, 6, 10)))
    known = sealed(2, lost(households[0], date(2022, 6, 10)))
    taken = take_in([stranger, known], service.uow(), service.reader, at=AT)
    assert ([stranger.id], 1) == (taken.set_aside, taken.admitted)


def test_own_events_stand_in_the_timeline(service, households):
    """What monitoring itself tells of a household stands in its timeline in the same transaction."""
    with service.engine.connect() as connection:
        rows = connection.execute(select(timeline).where(timeline.c.household_id == households[0])).all()
    assert ["monitoring.household_recorded.v1"] == [row.type for row in rows]
