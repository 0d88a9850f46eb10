"""Which households are visited first, out of what is on record."""

from dataclasses import replace
from datetime import date

import pytest

from services.monitoring.adapters.screening_focus import focus_households
from services.monitoring.service_layer.change import RecordChange, record_change
from services.monitoring.service_layer.clue import ReportClue, report_clue
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.persistence.engine import reading
from tests.monitoring.kit import VILLAGE, family, person, son, wife

TODAY = date(2022, 7, 1)


def register(service, *persons, **given):
    people = persons or (person(), wife(), son())
    return register_household(family(persons=people, **given), service.uow(), service.checks)


def reasons(service, household_id, on=TODAY, area=VILLAGE):
    with reading(service.engine) as connection:
        return focus_households(connection, area, on, service.screening_policy).get(household_id, ())


def earn(service, household_id, wage_fen, on):
    command = RecordIncome(household_id=household_id, items={"A1": wage_fen}, on=on)
    record_income(command, service.uow(), service.line)


def test_nothing(service):
    """A household nothing is known of has no reason."""
    assert () == reasons(service, register(service))


@pytest.mark.parametrize(("wage", "found"), [(2_999_997, ("01",)), (3_000_000, ())])
def test_low_income(service, wage, found):
    """Three people with three fen less than 30,000 yuan are below 10,000 a head; with 30,000 they are not."""
    household_id = register(service)
    earn(service, household_id, wage, TODAY)
    assert found == reasons(service, household_id)


@pytest.mark.parametrize(("lifted_out", "found"), [(True, ("02",)), (False, ())])
def test_falling_income(service, clock, lifted_out, found):
    """A lifted-out household that earns less than the year before; of others it is not asked."""
    kind = "100A03A03" if lifted_out else "100A03A01"
    household_id = register(service, lifted_out=lifted_out, household_type=kind)
    earn(service, household_id, 5_000_000, date(2021, 6, 20))
    earn(service, household_id, 4_000_000, date(2022, 6, 20))
    assert found == reasons(service, household_id)


def test_work_and_business(service):
    """A clue of unstable work counts for twelve months, and the day after no more."""
    household_id = register(service)
    command = ReportClue(household_id=household_id, risk="100A27009", source="02", on=date(2022, 6, 1))
    report_clue(command, service.uow(), service.clue_policy)
    assert ("03",) == reasons(service, household_id)
    assert ("03",) == reasons(service, household_id, on=date(2023, 6, 1))
    assert () == reasons(service, household_id, on=date(2023, 6, 2))


def test_heavy_spending(service):
    """An accident counts for a year."""
    household_id = register(service)
    change = RecordChange(
        household_id=household_id, kind="accident", detail="traffic", amount_fen=100_000, on=date(2022, 6, 1)
    )
    record_change(change, service.uow(), service.thresholds, service.clue_policy)
    assert ("05",) == reasons(service, household_id)


@pytest.mark.parametrize(("status", "found"), [("003", ()), ("006", ()), ("007", ("06",)), ("002", ("06",))])
def test_students(service, status, found):
    """Grade 9 is compulsory, grade 10 and kindergarten are not."""
    child = replace(son(), school_status=status)
    assert found == reasons(service, register(service, person(), child))


def test_disability_and_assistance_outside_the_system(service):
    """Disabled and on the subsistence allowance, in a household that is neither lifted out nor in a case."""
    one = replace(person(), disability_kind="4", disability_grade="2", low_income="2")
    assert ("07", "08") == reasons(service, register(service, one))


def test_inside_the_system(service):
    """The same of a lifted-out household is known already."""
    one = replace(person(), disability_kind="4", disability_grade="2", low_income="2")
    known = register(service, one, lifted_out=True, household_type="100A03A03")
    assert () == reasons(service, known)


def test_only_the_area_asked_for(service):
    """Of another village nothing is said."""
    one = register(service, replace(person(), low_income="2"))
    assert () == reasons(service, one, area="610327109205")
