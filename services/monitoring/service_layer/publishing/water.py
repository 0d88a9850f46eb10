"""What the county is told of safe drinking water."""

from collections.abc import Iterable

from services.monitoring.domain.water import problem, quality_test, survey_round, works
from services.monitoring.service_layer.publishing.publish import publish
from shared.areas import COUNTY
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: survey_round.RoundOpened) -> Iterable[EventData]:
    one = fact.round
    yield v1.WaterRoundOpened(
        occurred_on=one.first_on,
        area_code=COUNTY,
        round_id=one.id,
        number=one.number,
        first_on=one.first_on,
        last_on=one.last_on,
    )


@publish.register
def _(fact: survey_round.TownClosed) -> Iterable[EventData]:
    one = fact.closing
    yield v1.WaterRoundClosed(
        occurred_on=one.closed_on,
        area_code=one.town,
        round_id=one.round_id,
        number=one.number,
        households=one.households,
        checked=one.checked,
    )


@publish.register
def _(fact: survey_round.HouseholdChecked) -> Iterable[EventData]:
    one = fact.check
    yield v1.WaterHouseholdChecked(
        occurred_on=one.checked_on,
        household_id=one.household_id,
        area_code=one.area_code,
        check_id=one.id,
        round_id=one.round_id,
        quantity=one.judged.quantity,
        quality=one.judged.quality,
        convenience=one.judged.convenience,
        assurance=one.judged.assurance,
        safe=one.judged.safe,
    )


@publish.register
def _(fact: works.WorksRecorded) -> Iterable[EventData]:
    """Tell of centralised works only: a scattered one is not tested; one that became scattered is out."""
    one = fact.works
    if one.supply == works.CENTRALISED or fact.version > 1:
        yield v1.WaterWorksRecorded(
            occurred_on=one.recorded_on,
            area_code=one.area_code,
            works_id=one.id,
            version=fact.version,
            in_use=one.must_be_tested,
        )


@publish.register
def _(fact: quality_test.Tested) -> Iterable[EventData]:
    one = fact.test
    yield v1.WaterTested(
        occurred_on=one.tested_on,
        area_code=one.area_code,
        test_id=one.id,
        works_id=one.works_id,
        passed=one.passed,
        retest_of=one.retest_of,
        due_on=one.due_on,
    )


@publish.register
def _(fact: problem.ProblemFound) -> Iterable[EventData]:
    one = fact.problem
    if one.due_on is not None:
        yield v1.WaterProblemFound(
            occurred_on=one.found_on,
            household_id=one.household_id,
            area_code=one.area_code,
            problem_id=one.id,
            criterion=one.criterion,
            due_on=one.due_on,
            limit_confirmed=one.limit_confirmed,
        )


@publish.register
def _(fact: problem.ProblemClosed) -> Iterable[EventData]:
    one = fact.problem
    if one.closed_on is not None:
        yield v1.WaterProblemClosed(
            occurred_on=one.closed_on,
            household_id=one.household_id,
            area_code=one.area_code,
            problem_id=one.id,
        )
