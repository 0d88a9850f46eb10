from datetime import UTC, date, datetime

from sqlalchemy import select

from services.monitoring.adapters.read_models import timeline_of
from services.monitoring.adapters.tables import clues
from services.monitoring.service_layer.household import register_household
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.finance import v1 as finance
from shared.messaging.intake import take_in
from shared.persistence.engine import reading
from tests.monitoring.kit import VILLAGE, family

AT = datetime(2022, 7, 1, 2, tzinfo=UTC)


def events(household_id):
    told = {"household_id": household_id, "area_code": VILLAGE}
    bodies = [
        employment.JobEnded(
            occurred_on=date(2022, 6, day),
            spell_id="s",
            person_id="p",
            reason="lost",
            without_work=True,
            **told,
        )
        for day in (9, 3)
    ]
    due = date(2022, 6, 5)
    late = finance.LoanOverdue(occurred_on=due, loan_id="l", balance_fen=5, due_on=due, **told)
    numbers = iter("012")
    return [Envelope.seal(body, ids=lambda: f"e{next(numbers)}", at=AT) for body in (*bodies, late)]


def test_events_of_both_departments_are_taken_in(both_services):
    """A batch and its repetition leave one timeline, newest first, and one clue for each risk."""
    household_id = register_household(family(), both_services.uow(), both_services.checks)
    batch = events(household_id)
    for delivered in (batch, batch[::-1], batch[:1]):
        take_in(delivered, both_services.uow(), both_services.reader, at=AT)
    with reading(both_services.engine) as connection:
        shown = timeline_of(connection, household_id)
        found = connection.execute(select(clues).order_by(clues.c.risk)).all()
    assert ["e0", "e2", "e1"] == [row.event_id for row in shown if not row.type.startswith("monitoring.")]
    assert [("100A27008", 1), ("100A27009", 2)] == [(row.risk, row.reports) for row in found]
    assert [date(2022, 6, 5), date(2022, 6, 3)] == [row.first_reported_on for row in found]
