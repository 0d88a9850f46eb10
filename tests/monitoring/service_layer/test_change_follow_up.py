from datetime import date

import pytest

from services.monitoring.domain.water.problem import WaterProblemOpenError
from services.monitoring.service_layer.change import (
    RecordChange,
    ResolveChange,
    record_change,
    resolve_change,
)
from tests.monitoring.kit import DAY

LATER = date(2022, 6, 20)
FOUND = "monitoring.water_problem_found.v1"


def happen(service, household, kind, detail):
    command = RecordChange(household_id=household, kind=kind, detail=detail, on=DAY)
    return record_change(command, service.uow(), service.thresholds, service.clue_policy)


@pytest.mark.parametrize(
    ("detail", "criterion"),
    [
        ("cut_short", "interruption"),
        ("cut_long", "interruption"),
        ("quality", "quality"),
        ("distance", "convenience"),
    ],
)
def test_water_change_opens_its_problem(service, household, outbox, detail, criterion):
    """Each kind of water change opens a problem of its criterion, which cannot be closed by hand."""
    recorded = happen(service, household, "water", detail)
    assert [(recorded.followed_by, criterion)] == [
        (told["problem_id"], told["criterion"]) for told in outbox(FOUND)
    ]
    with pytest.raises(WaterProblemOpenError):
        resolve_change(ResolveChange(recorded.change_id, LATER), service.uow())


def test_other_changes_are_followed_by_nothing(service, household, outbox):
    """A flood opens neither an alert nor a problem, and is resolved by itself."""
    recorded = happen(service, household, "disaster", "001")
    assert None is recorded.followed_by
    resolve_change(ResolveChange(recorded.change_id, LATER), service.uow())
    assert 1 == len(outbox("monitoring.household_change_resolved.v1"))
