from datetime import date
from fractions import Fraction

from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    draft_assessment,
    redraft_assessment,
)
from services.evaluation.service_layer.version_difference import between_days, between_versions, plain_total
from shared.kernel.clock import at_hour
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


def explained(found):
    """Say whether every unit's effects add up to the change of its total, with no rest for the rules."""
    for unit in found["units"]:
        assert Fraction(unit["change"]) == sum(
            (Fraction(one["effect"]) for one in (*unit["lines"], *unit["parts"])), Fraction(0)
        )
        assert "rules" not in [one["part"] for one in unit["parts"]], unit["unit"]
    return bool(found["units"])


def test_between_two_versions_made_on_one_day(service, tell, tell_year):
    """Every change of a total is explained by lines, and those name what came in between."""
    tell_year(service)
    assessment_id = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    service.clock.set(at_hour(TODAY, 15))
    later = sealed(Year(9).events, seed="later")
    tell(service, later)
    redraft_assessment(NextVersion(assessment_id), service.uow(), service.scores)
    first, second = (service.reads.version(assessment_id, number) for number in (1, 2))
    found = between_versions(first, second, service.scores)
    assert explained(found)
    assert {**found, "from_number": 1} == second.difference
    came = {envelope.id for envelope in later}
    sides = [line["events_added"] for unit in found["units"] for line in unit["lines"]]
    assert all(side["known"] for side in sides)
    assert {event for side in sides for event in side["first"]} & came


def test_between_two_days(service, tell_year):
    """From June to December every change is explained point by point."""
    tell_year(service)
    june = date(2022, 6, 30)
    assert explained(between_days((june, TODAY), (DAY, TODAY), service.scores))
    assert [] == between_days((DAY, TODAY), (DAY, TODAY), service.scores)["units"]


def test_a_total_without_a_scheme():
    """100 × won ÷ applied, less losses and with bonus beside it."""
    lines = [
        {"status": "scored", "points_exact": "3", "max_points": "4", "deduction": False, "bonus": False},
        {"status": "scored", "points_exact": "-2", "max_points": "10", "deduction": True, "bonus": False},
        {"status": "scored", "points_exact": "1", "max_points": "1", "deduction": False, "bonus": True},
        {"status": "not_applicable", "deduction": False, "bonus": False},
    ]
    assert Fraction(74) == plain_total(lines)
