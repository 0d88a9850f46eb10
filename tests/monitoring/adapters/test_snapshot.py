import json
from datetime import date
from decimal import Decimal

from services.monitoring.adapters.snapshot import household_from, snapshot_of
from services.monitoring.domain.living import LivingConditions
from services.monitoring.domain.responsible import ResponsibleHelper
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import DAY, family, person, son


def test_a_household_comes_back_from_its_snapshot(service):
    """Days, decimals, lists, people who left and helpers survive the way through JSON text."""
    people = (person(posts=("001",), health=("002", "004"), disability_kind="4", disability_grade="1"), son())
    stored = register_household(family(persons=people), service.uow(), service.checks)
    with service.uow() as uow:
        one = uow.households.get(stored)
    one.correct({"farmland_mu": Decimal("3.25"), "industry_help": ("01", "02"), "filled_on": DAY}, on=DAY)
    one.remove_member(one.members[1].id, reason="05", on=DAY, relations={}, checks=service.checks)
    one.assign_helper(ResponsibleHelper(id="r", helper_no="B1", since=DAY), on=DAY)
    one.facts.clear()
    assert one == household_from(json.loads(json.dumps(snapshot_of(one))))


def test_a_snapshot_holds_only_what_somebody_said(service, household):
    """What a field has by itself is not written: a registry of 60,000 is kept many times over."""
    with service.uow() as uow:
        snapshot = snapshot_of(uow.households.get(household))
    assert ({}, []) == (snapshot["living"], snapshot["helpers"])
    assert "ethnicity" not in snapshot["members"][0]


def test_history_outlives_a_field():
    """A snapshot of an older release, with a field nobody knows any more, is read without it."""
    own = {"id": "h", "household_no": "H", "area_code": "6", "registered_on": "2022-06-15", "gone": 1}
    read = household_from({"household": own, "living": {"old": 2}, "members": [], "helpers": []})
    assert (date(2022, 6, 15), LivingConditions()) == (read.registered_on, read.living)
