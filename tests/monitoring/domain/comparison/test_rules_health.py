"""Each rule on the lists of health: what fires it, where it stays silent, what it is once for."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.row import (
    ChronicIllnessRow,
    DisabilityRow,
    InsuredRow,
    SeriousIllnessRow,
)
from services.monitoring.domain.comparison.rules_health import step_reached
from tests.monitoring.comparison_kit import cost, fires


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (499_999, None),
        (500_000, ("2022", "0")),
        (999_999, ("2022", "0")),
        (1_000_000, ("2022", "1")),
        (1_600_000, ("2022", "2")),
    ],
)
def test_inpatient_cost_of_a_lifted_out_person(paid, expected):
    """From 5,000 yuan on, and again with each further 5,000, once a person and year."""
    assert expected == fires("YB-01", cost(inpatient=paid), lifted_out=True)


@pytest.mark.parametrize(("paid", "expected"), [(1_999_999, None), (2_000_000, ("2022", "0"))])
def test_inpatient_cost_of_another(paid, expected):
    """Another rural person's threshold is 20,000 yuan."""
    assert expected == fires("YB-02", cost(inpatient=paid))


def test_one_rule_or_the_other():
    """A cost is never a warning of both rules."""
    row = cost(inpatient=9_000_000)
    assert (None, None) == (fires("YB-01", row), fires("YB-02", row, lifted_out=True))


@pytest.mark.parametrize(("paid", "step"), [(499, None), (500, 0), (999, 0), (1_000, 1), (1_499, 1)])
def test_steps_are_counted_from_the_threshold(paid, step):
    """The step reached is how often the step fits above the threshold."""
    assert step == step_reached(paid, 500, 500)


@pytest.mark.parametrize(("paid", "expected"), [(49_999, None), (50_000, ("202206",))])
def test_outpatient_cost_of_a_month(paid, expected):
    """From 500 yuan in the month, once a person and month."""
    assert expected == fires("YB-03", cost(outpatient=paid))


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({}, None),
        ({"lifted_out": True}, ("2022",)),
        ({"low_income_aid": True}, ("2022",)),
        ({"destitute_aid": True}, ("2022",)),
        ({"monitored_risks": frozenset({"100A27009"})}, ("2022",)),
    ],
)
def test_uninsured_who_is_looked_after(person, expected):
    """Not insured this year matters of whoever is monitored, lifted out or on assistance."""
    assert expected == fires("YB-04", InsuredRow(insured=False), **person)


def test_insured_is_no_warning():
    """Whoever is insured is not warned of."""
    assert fires("YB-04", InsuredRow(insured=True), lifted_out=True) is None


def test_serious_illness_is_once_per_disease():
    """Every person on the list, once a disease."""
    assert ("肺癌",) == fires("WJ-01", SeriousIllnessRow(disease="肺癌", confirmed_on=date(2022, 6, 2)))


@pytest.mark.parametrize(("contracted", "expected"), [(True, None), (False, ())])
def test_chronic_illness_without_contract(contracted, expected):
    """Without a contract, once a person."""
    assert expected == fires("WJ-02", ChronicIllnessRow(disease="diabetes", contracted=contracted))


@pytest.mark.parametrize(
    ("grade", "issued", "known", "expected"),
    [
        ("4", date(2022, 6, 1), None, ("4", "4")),
        ("4", date(2022, 5, 31), None, None),
        ("2", date(2020, 1, 1), "3", ("4", "2")),
        ("2", date(2020, 1, 1), "2", None),
        ("3", date(2020, 1, 1), "4", None),
    ],
)
def test_certificate_is_new_or_raised(grade, issued, known, expected):
    """Issued in the month, or raised to grade 1 or 2 against what the register has."""
    row = DisabilityRow(kind="4", grade=grade, issued_on=issued)
    assert expected == fires("CL-01", row, disability_grade=known)
