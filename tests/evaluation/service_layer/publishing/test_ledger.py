from datetime import date

import pytest

from services.evaluation.domain.ledger import facts
from services.evaluation.domain.ledger.state import Level, Source, Stage
from services.evaluation.service_layer.publishing import publish
from shared.contracts.evaluation.v1.ledger import ProblemRegistered

DAY = date(2022, 5, 9)
ABOUT = facts.About("p1", "610327109", "610327109203", DAY)
FACTS = (
    (facts.Registered(ABOUT, Source.HOTLINE, "housing", special=False, entry_due=True), "problem_registered"),
    (facts.Confirmed(ABOUT, "housing", "late", systemic=True, special=False), "problem_confirmed"),
    (facts.Rejected(ABOUT), "problem_rejected"),
    (facts.HandedOver(ABOUT, Level.TOWN, "县住建局", DAY), "problem_handed_over"),
    (facts.Planned(ABOUT), "problem_listed"),
    (facts.CloseOutAsked(ABOUT, mechanism=True), "problem_close_out_asked"),
    (facts.Checked(ABOUT, Stage.COUNTY, passed=True, round=2), "problem_rechecked"),
    (facts.Closed(ABOUT, DAY, on_the_spot=False), "problem_closed"),
    (facts.Recurred(ABOUT, "reopened", "p1", 1, counts=True, consequence="none"), "problem_recurred"),
    (facts.LookedBack(ABOUT, held=False), "problem_looked_back"),
)


@pytest.mark.parametrize(("fact", "name"), FACTS, ids=[name for _, name in FACTS])
def test_every_step_is_told(fact, name):
    """Each fact becomes one event about the problem, its unit, its place and its day."""
    (event,) = publish(fact)
    assert f"evaluation.{name}.v1" == event.type
    assert ("p1", "610327109", "610327109203", DAY) == (
        event.subject,
        event.model_dump()["unit"],
        event.area_code,
        event.occurred_on,
    )


def test_the_hotline_keeps_its_number():
    """The source of a problem reported to 12317 is told as that."""
    (event,) = publish(FACTS[0][0])
    assert isinstance(event, ProblemRegistered)
    assert "12317" == event.source
