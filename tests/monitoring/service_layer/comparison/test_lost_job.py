"""A lost job is a warning of RS-01 on the clue it becomes, and the list adds nothing to it."""

from datetime import date

import pytest
from sqlalchemy import update

from services.monitoring.adapters.tables import clues, department_warnings, households
from services.monitoring.domain.comparison.row import EmploymentRow
from services.monitoring.service_layer.clue import note_lost_jobs
from services.monitoring.service_layer.comparison.lost_job import warn_of_lost_jobs
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour
from shared.kernel.ids import SeededIds
from tests.monitoring.comparison_kit import HEAD_NUMBER, deliver, kept

DAY = date(2022, 6, 3)


@pytest.fixture
def lifted_out(service, household):
    with service.engine.begin() as connection:
        connection.execute(update(households).values(lifted_out=True, household_type="100A03A03"))
    return household


def lose(service, household, *, without_work=True):
    with service.uow() as uow:
        head = uow.households.get(household).members[0]
        told = employment.JobEnded(
            occurred_on=DAY,
            household_id=household,
            area_code="610327109203",
            spell_id="s1",
            person_id=head.id,
            reason="lost",
            without_work=without_work,
        )
        events = [Envelope.seal(told, ids=SeededIds("job"), at=at_hour(DAY, 9))]
        note_lost_jobs(events, uow, service.clue_policy)
        warn_of_lost_jobs(events, uow, service.comparison, service.clue_policy)
        uow.commit()


def test_warning_is_on_the_clue(service, lifted_out):
    """One clue of one lost job, and the warning names it."""
    lose(service, lifted_out)
    assert kept(service, clues, "id") == kept(service, department_warnings, "clue_id")


def test_list_of_the_same_month_adds_nothing(service, lifted_out):
    """The employment department's list names the same person in the same month: the same warning."""
    lose(service, lifted_out)
    row = EmploymentRow(id_number=HEAD_NUMBER, working=False, stopped_on=date(2022, 5, 1))
    deliver(service, "employment", row, month="202206")
    assert [("RS-01", "202206")] == kept(service, department_warnings, "rule", "month")


def test_with_another_job_it_is_no_warning(service, lifted_out):
    """Who still has work has not lost it."""
    lose(service, lifted_out, without_work=False)
    assert [] == kept(service, department_warnings)


def test_household_never_poor_is_a_clue_and_no_warning(service, household):
    """RS-01 asks for lifted-out or monitored households; the clue is for everybody."""
    lose(service, household)
    assert (1, []) == (len(kept(service, clues)), kept(service, department_warnings))
