import json
from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import messages
from services.monitoring.domain.errors import (
    AmountTooLargeError,
    ChangeResolvedError,
    MemberNotFoundError,
    NegativeAmountError,
)
from services.monitoring.service_layer.change import (
    RecordChange,
    ResolveChange,
    record_change,
    resolve_change,
)
from services.monitoring.service_layer.income import RecordIncome, record_income
from services.monitoring.service_layer.member import AddMember, add_member
from shared.contracts.codes import UnknownCodeError
from shared.kernel.clock import at_hour
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, person

CLUE = "monitoring.clue_reported.v1"


@pytest.fixture
def head(service, household):
    with service.uow() as uow:
        return uow.households.get(household).head.id


def record(service, household, kind="illness", detail="003", **given):
    command = RecordChange(household_id=household, kind=kind, detail=detail, **{"on": DAY} | given)
    return record_change(command, service.uow(), service.thresholds, service.clue_policy)


def test_costly_illness_becomes_a_clue(service, household, head, outbox):
    """An illness above the threshold is told, noted at the person, and raises a clue in one step."""
    done = record(service, household, person_id=head, amount_fen=2_000_000)
    (clue,) = outbox(CLUE)
    assert (done.clue_id, "100A27001") == (clue["clue_id"], clue["risk"])
    assert ["003"] == outbox("monitoring.household_recorded.v1")[-1]["members"][0]["health"]
    assert [2_000_000] == [told["amount_fen"] for told in outbox("monitoring.household_changed.v1")]


def test_illnesses_of_one_year_add_up(service, household, head):
    """Two bills that together reach the threshold raise a clue with the second; last year's do not count."""
    record(service, household, person_id=head, amount_fen=1_500_000, on=date(2021, 12, 31))
    first = record(service, household, person_id=head, amount_fen=1_000_000, on=date(2022, 1, 1))
    second = record(service, household, person_id=head, amount_fen=1_000_000)
    assert (None, True) == (first.clue_id, second.clue_id is not None)


def test_a_snapshot_is_not_told_of_a_day_before_its_contents(service, clock, household, head, outbox):
    """An illness of July taken down in September, after somebody came in August, is told as of August."""
    clock.set(at_hour(date(2022, 9, 1), 10))
    newborn = person(name="周丁四", relation="009", labour_skill="004", born_on=date(2022, 8, 1), number=33)
    add_member(
        AddMember(household_id=household, person=newborn, reason="01", on=date(2022, 8, 20)),
        service.uow(),
        service.checks,
    )
    record(service, household, person_id=head, on=date(2022, 7, 2))
    told = outbox("monitoring.household_recorded.v1")
    assert ["2022-06-15", "2022-08-20", "2022-08-20"] == [one["occurred_on"] for one in told]
    assert 4 == len(told[-1]["members"])


@pytest.mark.parametrize("amount", [-1, 10**13 + 1])
def test_an_amount_that_cannot_be_true(service, household, head, outbox, amount):
    """Negative, or so large that no column keeps it: refused, and nothing is told."""
    with pytest.raises((NegativeAmountError, AmountTooLargeError)):
        record(service, household, person_id=head, amount_fen=amount)
    assert [] == outbox("monitoring.household_changed.v1")


def test_small_illness_raises_nothing(service, household, head, outbox):
    """Below the threshold the change is told and nothing more."""
    record(service, household, detail="000", person_id=head, amount_fen=1_000)
    assert ([], 1) == (outbox(CLUE), len(outbox("monitoring.household_recorded.v1")))


def test_failed_business_looks_at_the_ledger(service, household):
    """A loss below thirty per cent of the recorded operating income raises nothing."""
    ledger = RecordIncome(household_id=household, items={"B2": 1_000_000}, on=DAY)
    record_income(ledger, service.uow(), service.line)
    small = record(service, household, "industry_failure", "livestock", amount_fen=299_999)
    large = record(service, household, "industry_failure", "livestock", amount_fen=300_000)
    assert (None, True) == (small.clue_id, large.clue_id is not None)


@pytest.mark.parametrize(
    ("kind", "detail", "person", "refused"),
    [
        ("flood", "001", None, UnknownCodeError),
        ("disaster", "009", None, UnknownCodeError),
        ("illness", "003", "p-unknown", MemberNotFoundError),
    ],
)
def test_bad_changes_leave_nothing(service, household, outbox, kind, detail, person, refused):
    """An unknown kind or detail and a stranger are refused; nothing is told."""
    before = outbox()
    with pytest.raises(refused):
        record(service, household, kind, detail, person_id=person)

    assert before == outbox()


def test_resolved_change_is_told_once(service, household, outbox):
    """What the flood did is put right: told once; a second time is refused."""
    done = record(service, household, "disaster", "001")
    resolve_change(ResolveChange(done.change_id, date(2022, 6, 30)), service.uow())
    with pytest.raises(ChangeResolvedError):
        resolve_change(ResolveChange(done.change_id, date(2022, 6, 30)), service.uow())

    assert ["disaster"] == [told["kind"] for told in outbox("monitoring.household_change_resolved.v1")]


def test_stale_page_does_not_resolve(service, household, head):
    """A page that saw another version is refused."""
    done = record(service, household, "dropout", "04", person_id=head)
    with pytest.raises(StaleVersionError):
        resolve_change(ResolveChange(done.change_id, date(2022, 6, 30), version=7), service.uow())


def test_clue_names_the_change_as_its_cause(service, household, head):
    """Who follows a clue's event back comes to the illness it was raised for."""
    record(service, household, person_id=head, amount_fen=2_000_000)
    with service.engine.connect() as connection:
        rows = connection.execute(select(messages.outbox)).all()
    told = {row.type: json.loads(row.envelope) for row in rows}
    assert told["monitoring.household_changed.v1"]["id"] == told[CLUE]["causationid"]
