from decimal import Decimal

import pytest

from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.responsible import AssignResponsible, assign_responsible
from tests.monitoring.kit import DAY, family, person

TYPE = "monitoring.household_recorded.v1"


@pytest.mark.parametrize(
    ("resident", "employee", "insured"),
    [(True, None, True), (False, True, True), (True, True, False), (None, None, False)],
)
def test_insured_is_told_as_the_register_knows_it(service, outbox, resident, employee, insured):
    """In exactly one basic insurance is insured; both, and nobody knows, are not."""
    one = person(resident_insurance=resident, employee_insurance=employee)
    register_household(family(persons=(one,)), service.uow(), service.checks)
    assert [insured] == [member["insured"] for member in outbox(TYPE)[-1]["members"]]


def test_nothing_that_stays_here_is_told(service, household, outbox):
    """Land, account, helper and telephone are on record, and no event says a word of them."""
    changes = {"farmland_mu": Decimal("3.75"), "bank_account": "6217000000000000001", "bank": "农商行"}
    correct_household(CorrectHousehold(household_id=household, changes=changes, on=DAY), service.uow())
    helper = AssignResponsible(household_id=household, helper_no="B001", name="王某某", since=DAY)
    assign_responsible(helper, service.uow())
    told = str(outbox(TYPE))
    assert [] == [word for word in ("3.75", "6217", "农商行", "王某某", "B001") if word in told]
