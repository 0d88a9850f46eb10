from datetime import date
from decimal import Decimal

import pytest

from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.water.criteria import Judged, Measured
from services.monitoring.domain.water.survey_round import (
    OutsideRoundError,
    RoundIncompleteError,
    TownRoundClosedError,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.water.survey_round import (
    CheckedHousehold,
    CloseWaterRound,
    OpenWaterRound,
    RecordWaterChecks,
    close_water_round,
    open_water_round,
    record_water_checks,
)
from tests.monitoring.kit import DAY, family, person

CHECKED, FOUND = "monitoring.water_household_checked.v1", "monitoring.water_problem_found.v1"
CLOSED = "monitoring.water_round_closed.v1"
TOWN = "610327109"
FIRST, LAST = date(2022, 3, 1), date(2022, 6, 30)


@pytest.fixture(name="round_id")
def _round_id(service):
    return open_water_round(OpenWaterRound(first_on=FIRST, last_on=LAST), service.uow())


@pytest.fixture(name="homes")
def _homes(service):
    """Twelve households of one village."""
    return [
        register_household(
            family(f"W{number:03d}", persons=(person(number=number + 10),)), service.uow(), service.checks
        )
        for number in range(12)
    ]


def check(service, round_id, households, on=DAY):
    command = RecordWaterChecks(round_id=round_id, on=on, households=tuple(households), by="acc1")
    return record_water_checks(command, service.uow(), service.water_policy)


def fine(homes):
    return [CheckedHousehold(household_id=one) for one in homes]


def test_a_village_is_one_transaction(service, round_id, homes, outbox):
    """Every household of a village is checked at once and told once; again changes nothing."""
    first = check(service, round_id, fine(homes))
    again = check(service, round_id, fine(homes))
    assert ((12, 0, 0), (0, 12, 0)) == (
        (first.recorded, first.known, first.unsafe),
        (again.recorded, again.known, again.unsafe),
    )
    assert set(homes) == {told["household_id"] for told in outbox(CHECKED)}
    assert 12 == len(outbox(CHECKED))


def test_measured_values_decide(service, round_id, homes, outbox):
    """Fifteen litres are not enough whatever was seen; the criterion becomes a problem with its limit."""
    dry = CheckedHousehold(household_id=homes[0], measured=Measured(litres=Decimal(15)))
    assert 1 == check(service, round_id, [dry]).unsafe
    (told,) = outbox(CHECKED)
    assert ("not", "met", False) == (told["quantity"], told["quality"], told["safe"])
    assert [("quantity", "2022-07-15", False)] == [
        (one["criterion"], one["due_on"], one["limit_confirmed"]) for one in outbox(FOUND)
    ]


def test_each_failing_criterion_is_one_problem(service, round_id, homes, outbox):
    """Two criteria not met are two problems; a check of a later day opens none of them again."""
    bad = CheckedHousehold(household_id=homes[0], seen=Judged("not", "not", "met", "basic"))
    check(service, round_id, [bad])
    check(service, round_id, [bad], on=date(2022, 6, 16))
    assert (2, 2) == (len(outbox(CHECKED)), len(outbox(FOUND)))


def test_a_wrong_check_is_corrected_on_the_same_day(service, round_id, homes, outbox):
    """Said to be safe, then found not to be: both are on record, the problem is open; again nothing more."""
    bad = [CheckedHousehold(household_id=homes[0], seen=Judged("met", "not", "met", "met"))]
    check(service, round_id, fine(homes))
    corrected, again = (check(service, round_id, bad) for _ in range(2))
    assert ((1, 0, 1, True), (0, 1, 0, False)) == tuple(
        (one.recorded, one.known, one.unsafe, one.corrected) for one in (corrected, again)
    )
    assert ["quality"] == [one["criterion"] for one in outbox(FOUND)]
    assert [True, False] == [one["safe"] for one in outbox(CHECKED) if one["household_id"] == homes[0]]


def test_a_list_sent_again_corrects_nobody(service, round_id, homes, outbox):
    """A village's list says nothing of a household found unsafe on that day."""
    bad = [CheckedHousehold(household_id=homes[0], seen=Judged("met", "not", "met", "met"))]
    check(service, round_id, bad)
    assert 11 == check(service, round_id, fine(homes)).recorded
    assert [False] == [one["safe"] for one in outbox(CHECKED) if one["household_id"] == homes[0]]


def test_unknown_household_refuses_the_batch(service, round_id, homes, outbox):
    """One household that nobody knows, and none of the village is recorded."""
    with pytest.raises(HouseholdNotFoundError):
        check(service, round_id, [*fine(homes), CheckedHousehold(household_id="nobody")])
    assert [] == outbox(CHECKED)


def test_day_outside_the_round_is_refused(service, round_id, homes):
    """A day before the round is not the round's."""
    with pytest.raises(OutsideRoundError):
        check(service, round_id, fine(homes), on=date(2022, 2, 28))


def test_town_closes_with_full_coverage(service, round_id, homes, outbox):
    """One household missing: refused; all reached: closed, told with both numbers, and final."""
    command = CloseWaterRound(round_id=round_id, town=TOWN, on=DAY)
    check(service, round_id, fine(homes[1:]))
    with pytest.raises(RoundIncompleteError):
        close_water_round(command, service.uow())
    check(service, round_id, fine(homes[:1]))
    close_water_round(command, service.uow())
    assert [(12, 12, TOWN)] == [
        (told["households"], told["checked"], told["area_code"]) for told in outbox(CLOSED)
    ]
    with pytest.raises(TownRoundClosedError):
        close_water_round(command, service.uow())
    with pytest.raises(TownRoundClosedError):
        check(service, round_id, fine(homes), on=date(2022, 6, 20))


def test_rounds_are_numbered_in_their_year(service, round_id, outbox):
    """The second round of a year is number 2, the first of the next year number 1 again."""
    open_water_round(OpenWaterRound(first_on=date(2022, 9, 1), last_on=date(2022, 12, 20)), service.uow())
    open_water_round(OpenWaterRound(first_on=date(2023, 3, 1), last_on=date(2023, 6, 30)), service.uow())
    assert [1, 2, 1] == [told["number"] for told in outbox("monitoring.water_round_opened.v1")]
    assert round_id
