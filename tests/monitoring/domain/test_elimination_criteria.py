from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.monitoring.adapters.case_policy import load_case_policy
from services.monitoring.domain import elimination_criteria
from services.monitoring.domain.elimination_criteria import Evidence, Findings, criteria, not_met
from services.monitoring.domain.measure_rules import Labour
from services.monitoring.domain.monitored_class import IncomeShown

LIMITS = load_case_policy(Path(elimination_criteria.__file__).parents[1] / "policy").limits
LINE = 650_000
GOOD = Findings(
    dropout=False,
    house_damaged=False,
    uninsured=False,
    water_damaged=False,
    rigid_spending_solved=True,
    risks_removed=True,
    income_stable=True,
    signed=True,
)
EVIDENCE = Evidence(
    identified_on=date(2022, 3, 31),
    risks=("100A27001", "100A27009"),
    deliveries={"100A27001": date(2022, 4, 30), "100A27009": date(2022, 5, 1)},
    measure_ids=("m1", "m2"),
    labour=Labour(("p1",)),
    income=IncomeShown("l1", LINE + 1, LINE + 1, LINE, line_confirmed=False),
    open_changes=(),
    open_clues=(),
    findings=GOOD,
)
NOVEMBER = date(2022, 11, 1)


def failed(evidence: Evidence = EVIDENCE, way="01", on: date = NOVEMBER) -> dict[str, bool]:
    """Return what is not met, and whether it is confirmed."""
    return {one.key: one.confirmed for one in not_met(criteria(evidence, way, on, LIMITS))}


def test_all_met():
    """Six months after the last risk was answered, with everything in order, nothing is missing."""
    assert {} == failed()


@pytest.mark.parametrize(
    ("on", "missing"),
    [
        (date(2022, 8, 31), {"identified_months": True, "measures_months": True}),
        (date(2022, 9, 1), {"measures_months": True}),
        (date(2022, 10, 31), {"measures_months": True}),
        (date(2022, 11, 1), {}),
    ],
)
def test_months(on, missing):
    """Months are counted as months: March to September are six, and so are May to November."""
    assert missing == failed(on=on)


def test_delivery_is_counted_by_the_day():
    """Delivered on 31 January, half a year ends on 31 July, though July is the sixth month before."""
    late = replace(
        EVIDENCE, identified_on=date(2022, 1, 1), deliveries=dict.fromkeys(EVIDENCE.risks, date(2022, 1, 31))
    )
    assert {"measures_months": True} == failed(late, on=date(2022, 7, 1))
    assert {"measures_months": True} == failed(late, on=date(2022, 7, 30))
    assert {} == failed(late, on=date(2022, 7, 31))


def test_every_risk_needs_a_delivered_measure():
    """One risk without a delivered measure keeps the household, however long ago the others were."""
    assert {"measures_months": True} == failed(replace(EVIDENCE, deliveries={"100A27001": date(2022, 4, 1)}))


def test_natural_elimination_needs_no_measure():
    """By the natural way neither measures nor labour are asked for."""
    assert {} == failed(replace(EVIDENCE, deliveries={}, labour=Labour()), way="02")


def test_nobody_can_work():
    """A household without any labour is not eliminated by help."""
    assert {"labour": True} == failed(replace(EVIDENCE, labour=Labour()))


@pytest.mark.parametrize(("net", "missing"), [(LINE, {"income": False}), (LINE + 1, {})])
def test_income_above_the_line(net, missing):
    """Income must be above this year's line; that line is unconfirmed, and so is the criterion."""
    assert missing == failed(
        replace(EVIDENCE, income=IncomeShown("l1", net, net, LINE, line_confirmed=False))
    )


def test_income_against_a_confirmed_line():
    """With a confirmed line the criterion is confirmed."""
    poor = IncomeShown("l1", LINE, LINE, LINE, line_confirmed=True)
    assert {"income": True} == failed(replace(EVIDENCE, income=poor))


@pytest.mark.parametrize(("net", "confirmed"), [(LINE + 1, False), (LINE, True)])
def test_a_ledger_of_other_months(net, confirmed):
    """It is not met, shows its months, and asks for a reason; only income below a confirmed line refuses."""
    old = IncomeShown("l1", net, net, LINE, line_confirmed=True, current=False, period="202001-202012")
    (one,) = not_met(criteria(replace(EVIDENCE, income=old), "01", NOVEMBER, LIMITS))
    assert ("income", confirmed, True) == (one.key, one.confirmed, "202001-202012" in one.evidence("zh"))


@pytest.mark.parametrize("problem", ["dropout", "house_damaged", "uninsured", "water_damaged"])
def test_safeguards(problem):
    """A broken safeguard found at the visit, and a change nobody put right, keep the household."""
    assert {"safeguards": True} == failed(replace(EVIDENCE, findings=replace(GOOD, **{problem: True})))
    assert {"safeguards": True} == failed(replace(EVIDENCE, open_changes=("ch1",)))


@pytest.mark.parametrize("answer", ["rigid_spending_solved", "risks_removed", "income_stable"])
def test_what_the_visit_decides(answer):
    """Each answer of the visit is a criterion of its own."""
    assert {answer: True} == failed(replace(EVIDENCE, findings=replace(GOOD, **{answer: False})))


def test_before_the_visit():
    """Before the visit its criteria are open, neither met nor failed."""
    waiting = criteria(replace(EVIDENCE, findings=None), "01", NOVEMBER, LIMITS)
    assert {"safeguards", "income_stable", "rigid_spending_solved", "risks_removed"} == {
        one.key for one in waiting if one.met is None
    }


def test_a_new_clue():
    """An open clue keeps the household, and is named."""
    (one,) = not_met(criteria(replace(EVIDENCE, open_clues=("k9",)), "01", NOVEMBER, LIMITS))
    assert ("no_new_risk", ("k9",)) == (one.key, one.ids)


def test_each_is_shown_in_both_languages():
    """Every criterion has a label and its evidence in Chinese and English."""
    for one in criteria(EVIDENCE, "01", NOVEMBER, LIMITS):
        assert all((one.text("zh"), one.text("en"), one.evidence("zh"), one.evidence("en"), one.source))
