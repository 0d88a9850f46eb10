from datetime import date

from services.monitoring.service_layer.water.problem import (
    ArrangeWater,
    CloseWaterProblem,
    FindWaterProblem,
    arrange_water,
    close_water_problem,
    find_water_problem,
)
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.test_change_follow_up import happen

LATER = date(2022, 6, 20)
RESOLVED = "monitoring.household_change_resolved.v1"


def find(service, household, criterion="quality"):
    command = FindWaterProblem(household_id=household, criterion=criterion, on=DAY)
    return find_water_problem(command, service.uow(), service.water_policy)


def test_one_problem_of_a_criterion(service, household):
    """The same criterion is the same problem while it is open; another criterion is another."""
    first = find(service, household)
    assert first == find(service, household)
    assert first != find(service, household, "quantity")


def test_solving_resolves_the_changes_of_its_criterion(service, household, outbox):
    """Both cuts of the water are put right when it runs again; the bad quality is not."""
    long_cut = happen(service, household, "water", "cut_long")
    short_cut = happen(service, household, "water", "cut_short")
    happen(service, household, "water", "quality")
    assert long_cut.followed_by == short_cut.followed_by
    arrange_water(ArrangeWater(problem_id=long_cut.followed_by, on=LATER, note="拉水车送水"), service.uow())
    close_water_problem(CloseWaterProblem(problem_id=long_cut.followed_by, on=LATER), service.uow())
    assert {long_cut.change_id, short_cut.change_id} == {told["change_id"] for told in outbox(RESOLVED)}
    assert ["2022-06-20"] == [told["occurred_on"] for told in outbox("monitoring.water_problem_closed.v1")]


def test_closed_problem_may_come_again(service, household):
    """After it was solved the same criterion opens a new problem."""
    first = find(service, household)
    close_water_problem(CloseWaterProblem(problem_id=first, on=LATER), service.uow())
    assert first != find(service, household)
