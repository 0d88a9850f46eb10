from datetime import date

import pytest

from services.finance.domain.asset import AssetProblem
from services.finance.domain.process import Acting, Process, Stepped
from services.finance.domain.upkeep import KeeperPay
from services.finance.service_layer.publishing import fixed_id, publish
from services.finance.service_layer.publishing.process import _EVENTS as EVENTS
from shared.contracts.finance import v1

DAY = date(2022, 6, 1)
KINDS = sorted(Process.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_told_is_a_step_of_its_kind(kind):
    """Every entry of the list names a step the kind has; every kind tells something."""
    told = {step for of, step in EVENTS if of is kind}
    assert told
    assert told - {"open"} <= set(kind.STEPS)


def test_what_stays_in_the_department():
    """A review, a loan repaid, a finding reported or sent back: told to nobody; all other steps are."""
    silent = {(kind, step) for kind in KINDS for step in kind.STEPS} - set(EVENTS)
    assert [
        ("AssetProblem", "report"),
        ("AssetProblem", "send_back"),
        ("AssociationLoan", "repay"),
        ("Project", "review"),
    ] == sorted((kind.__name__, step) for kind, step in silent)


def test_a_step_nobody_is_told_of_publishes_nothing():
    """The fact of a finding that was reported leaves the house as no event."""
    acting = Acting(DAY, DAY)
    problem = AssetProblem.find(
        acting,
        id="q1",
        area_code="610327102200",
        inspection_id="i1",
        asset_id="a1",
        category="idle",
        unit="610327102",
        due_on=DAY,
    )
    (found,) = publish(problem.facts[0])
    assert isinstance(found, v1.AssetProblemFound)
    assert ("q1", "a1", "610327102200", DAY) == (
        found.problem_id,
        found.asset_id,
        found.area_code,
        found.occurred_on,
    )
    assert () == tuple(publish(Stepped(problem, "report", DAY, {})))


def test_a_months_pay_has_one_id():
    """What the clock alone causes is the same event, whoever finds it."""
    told = {"id": "y1", "area_code": "610327102200", "facility_id": "c1", "month": "202205"}
    pay = KeeperPay.owe(Acting(DAY, DAY), **told, amount_fen=5, due_on=DAY)
    (first,) = publish(pay.facts[0])
    assert isinstance(first, v1.KeeperPayDue)
    assert fixed_id(first) == fixed_id(first.model_copy(update={"occurred_on": date(2022, 6, 2)}))
    assert fixed_id(first) != fixed_id(first.model_copy(update={"pay_id": "y2"}))
