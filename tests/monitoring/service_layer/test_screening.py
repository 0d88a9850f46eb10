"""Rounds through the commands: coverage, a village at once, judgements that become clues."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.screening_errors import (
    HouseholdElsewhereError,
    RoundClosedError,
    RoundNotOverError,
    RoundOverlapsError,
    VisitOutsideRoundError,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.screening import (
    CloseScreeningRound,
    JudgeHousehold,
    OpenScreeningRound,
    RecordVillageVisits,
    close_screening_round,
    judge_household,
    open_screening_round,
    record_village_visits,
)
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from tests.monitoring.case_kit import move
from tests.monitoring.kit import OTHER_VILLAGE, VILLAGE, family, person, son, wife

FIRST, LAST = date(2022, 6, 20), date(2022, 7, 10)


def opened(service, **given):
    told: dict[str, Any] = {"name": "年中集中排查", "first_on": FIRST, "last_on": LAST}
    return open_screening_round(OpenScreeningRound(**told | given), service.uow())


def another(service, number, area_code=VILLAGE):
    people = tuple(who(number=10 + number) for who in (person, wife, son))
    command = family(f"H{number:03d}", area_code=area_code, persons=people)
    return register_household(command, service.uow(), service.checks)


def visits_of(service, round_id, *ids, on=FIRST, area_code=VILLAGE):
    command = RecordVillageVisits(round_id=round_id, area_code=area_code, household_ids=ids, on=on)
    return record_village_visits(command, service.uow(), service.clue_policy)


def coverage(service, round_id, area_code=""):
    with service.uow() as uow:
        found = uow.rounds.coverage(round_id, area_code)
    return found.households, found.reached


def test_a_village_at_once(service, household, outbox):
    """The households ticked are reached in the round, each with its event; the village is covered."""
    second, elsewhere = another(service, 2), another(service, 3, OTHER_VILLAGE)
    round_id = opened(service)
    visits_of(service, round_id, household, second)
    told = outbox("monitoring.visit_recorded.v1")
    assert [(round_id, False)] * 2 == [(one["round_id"], one["risk_found"]) for one in told]
    assert ((3, 2), (2, 2)) == (coverage(service, round_id), coverage(service, round_id, VILLAGE))
    with pytest.raises(HouseholdElsewhereError):
        visits_of(service, round_id, elsewhere)


def test_the_round_is_told(service, household, outbox):
    """Opening and closing a round are told with their days and what was reached."""
    round_id = opened(service, paper="陇乡振发〔2022〕8号")
    (told,) = outbox("monitoring.screening_round_opened.v1")
    assert ("2022-06-20", "2022-07-10", True) == (told["first_on"], told["last_on"], told["plan_confirmed"])
    visits_of(service, round_id, household)
    close_screening_round(CloseScreeningRound(round_id=round_id), service.uow())
    (closed,) = outbox("monitoring.screening_round_closed.v1")
    assert (1, 1) == (closed["households"], closed["reached"])
    with pytest.raises(RoundClosedError):
        visits_of(service, round_id, household)


def test_not_closed_with_households_left(service, clock, household, outbox):
    """Before it is over a round with somebody left stays open; the day after its last it closes."""
    round_id = opened(service)
    move(clock, LAST)
    with pytest.raises(RoundNotOverError):
        close_screening_round(CloseScreeningRound(round_id=round_id), service.uow())
    assert [] == outbox("monitoring.screening_round_closed.v1")
    move(clock, date(2022, 7, 11))
    assert 1 == close_screening_round(CloseScreeningRound(round_id=round_id), service.uow()).left


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2022, 6, 1), date(2022, 6, 19), False),
        (date(2022, 6, 1), FIRST, True),
        (LAST, date(2022, 8, 1), True),
        (date(2022, 7, 11), date(2022, 8, 1), False),
        (date(2022, 6, 25), date(2022, 6, 26), True),
    ],
)
def test_rounds_share_no_day(service, first, last, overlaps):
    """A round that has a day of another is refused; one that begins the day after is not."""
    opened(service)
    if overlaps:
        with pytest.raises(RoundOverlapsError):
            opened(service, name="另一轮", first_on=first, last_on=last)
    else:
        assert opened(service, name="另一轮", first_on=first, last_on=last)


def test_single_visits_count_too(service, household):
    """A screening visit recorded by itself belongs to the round of its day; not reached is not coverage."""
    round_id = opened(service)

    def visit(**given):
        command = RecordVisit(household_id=household, kind="screening", on=FIRST, **given)
        record_visit(command, service.uow(), service.clue_policy)

    visit(result="03")
    assert (1, 0) == coverage(service, round_id)
    visit(result="02")
    assert (1, 1) == coverage(service, round_id)


def test_days(service, household):
    """Visits are entered for days of the round that have come."""
    round_id = opened(service)
    with pytest.raises(VisitOutsideRoundError):
        visits_of(service, round_id, household, on=date(2022, 6, 19))
    with pytest.raises(InvalidDayError):
        visits_of(service, round_id, household, on=date(2022, 7, 2))


def judge(service, household, **given):
    command = JudgeHousehold(household_id=household, on=FIRST, **given)
    return judge_household(
        command, service.uow(), service.clue_policy, service.screening_policy, service.line
    )


def test_a_judgement_becomes_clues(service, household, outbox):
    """Who should be identified has a clue for each risk; who should not has none."""
    opened(service)
    judge(service, household, able_to_cope=True)
    assert [] == outbox("monitoring.clue_reported.v1")
    judge(
        service,
        household,
        risks=("100A27001", "100A27002"),
        able_to_cope=False,
        unable_reason="03",
        include=True,
    )
    assert ["100A27001", "100A27002"] == [one["risk"] for one in outbox("monitoring.clue_reported.v1")]
