"""What the rules see: the registry's fields under the rules' names, and a case from risk to elimination."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert

from services.monitoring.adapters.quality_views import KEPT, views_of, views_of_villages
from services.monitoring.adapters.tables import work_seen
from services.monitoring.domain.quality.view import Safeguards
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.kernel.period import Month
from tests.monitoring.case_kit import case_of, move, registered, to_monitored
from tests.monitoring.domain.quality.records import EVERYTHING
from tests.monitoring.kit import DAY, VILLAGE, family, person, son, wife
from tests.monitoring.service_layer.test_elimination import (
    SPRING,
    decide,
    earn,
    help_with,
    propose,
    to_county,
)

NOT_KEPT = {"before", "work_record"}


def view(service, household_id):
    with service.engine.connect() as connection:
        (one,) = views_of(connection, [household_id])
        assert one in views_of_villages(connection, [VILLAGE])
    return one


def test_all_but_two_kinds_of_fields_are_kept():
    """Only the monthly record of work and the answers at the identification are kept nowhere."""
    assert NOT_KEPT == EVERYTHING - KEPT


def test_registry_fields(service):
    """Land, house, contact, posts and aid stand under the names the rules use; blanks stay blank."""
    head = person(posts=("001",), post_months=4, low_income="1", work_place="610302", work_months=6)
    household = register_household(family(persons=(head, wife(), son())), service.uow(), service.checks)
    changes = {"farmland_mu": Decimal("3.5"), "house_dangerous": False, "development_help": "1"}
    correct_household(CorrectHousehold(household_id=household, changes=changes, on=DAY), service.uow())
    seen = view(service, household)
    first, second = seen.members[0], seen.members[1]
    assert (Decimal("3.5"), False, "01", None) == (
        seen.cultivated,
        seen.unsafe_house,
        seen.development,
        seen.forest,
    )
    assert (("001",), 4, True, None) == (
        first.posts,
        first.post_months,
        first.low_income_aid,
        second.low_income_aid,
    )
    assert [(first.id, "610302", True)] == [(one.person_id, one.place, one.working) for one in seen.works]
    assert (False, None, ()) == (seen.monitored, seen.identified, seen.risks)


def test_spells_of_work(service, household):
    """The latest spell counts; when the one before it ended is kept with it."""
    member = view(service, household).members[0].id
    spells = [("s1", date(2022, 1, 1), date(2022, 2, 1)), ("s2", date(2022, 3, 1), None)]
    with service.engine.begin() as connection:
        for spell, began, ended in spells:
            row = {"spell_id": spell, "household_id": household, "person_id": member}
            connection.execute(
                insert(work_seen).values(**row, started_on=began, ended_on=ended, place="610327")
            )
    (work,) = view(service, household).works
    assert (True, date(2022, 3, 1), date(2022, 2, 1), "610327") == (
        work.working,
        work.started_on,
        work.previous_ended_on,
        work.place,
    )


def test_ledger_counts_persons_and_sums(service, household):
    """The newest ledger gives the sums, the persons it counted and the line of its day."""
    ledger = RecordIncome(household_id=household, items={"A1": 3_000_000, "E1": 300_000}, on=DAY)
    record_income(ledger, service.uow(), service.line)
    seen = view(service, household)
    assert (3, 3_000_000, 900_000, 650_000) == (
        seen.persons_recorded,
        seen.income.wage,
        seen.income.net_per_head,
        seen.income.line,
    )


@pytest.fixture
def helped(service, clock):
    """A household monitored since July 2022 and helped."""
    household = registered(service)
    case = case_of(service, household)
    to_monitored(service, clock, case)
    help_with(service, case)
    return household, case


def test_a_case_under_way(service, helped):
    """A monitored household shows its risk, the month of its identification and its measures."""
    seen = view(service, helped[0])
    assert (True, False, ("100A27001",), Month(2022, 7)) == (
        seen.monitored,
        seen.eliminated,
        seen.risks,
        seen.identified,
    )
    assert {"100A45", "100A40", "100A41"} == seen.categories
    assert (None, None) == (seen.after, seen.income_after)


def test_an_eliminated_case(service, clock, helped):
    """After the elimination way, month, answers and income of the snapshot stand beside it."""
    household, case = helped
    move(clock, SPRING)
    earn(service, household, 9_000_000)
    elimination = propose(service, case)
    to_county(service, clock, elimination)
    decide(service, elimination)
    seen = view(service, household)
    assert (True, "01", Month(2023, 3), 9_000_000) == (
        seen.eliminated,
        seen.elimination_way,
        seen.eliminated_in,
        seen.income_after.wage,
    )
    assert Safeguards(dropout=False, house=False, water=False, uninsured=False) == seen.after
    assert 750_000 == seen.income_after.line
