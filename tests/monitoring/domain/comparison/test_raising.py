"""What one row makes of one person: warnings, their clue, a difference."""

from datetime import date

from services.monitoring.adapters.policy import load_clue_policy
from services.monitoring.domain.clue import clue_id_of
from services.monitoring.domain.comparison.difference import Disagreement
from services.monitoring.domain.comparison.raising import (
    Delivery,
    becomes_clue,
    difference_from,
    report_from,
    warnings_of,
)
from services.monitoring.domain.comparison.row import CompanyRow, DisasterRow, PetitionRow
from services.monitoring.settings import Settings
from shared.kernel.period import Month
from tests.monitoring.comparison_kit import ILLNESS, cost, policy, registered

ON = date(2022, 7, 4)


def raised(kind, row, **person):
    delivery = Delivery("l1", "县医保局", kind, Month(2022, 6), ON)
    in_force = {id_: one.entry_on(date(2022, 6, 30)) for id_, one in policy().rules.items()}
    return list(warnings_of(row, registered(**person), delivery, in_force))


def test_two_rules_may_fire_on_one_row():
    """Inpatient and outpatient costs are two warnings."""
    assert ["YB-02", "YB-03"] == [
        one.rule for one in raised("medical_cost", cost(inpatient=2_000_000, outpatient=50_000))
    ]


def test_household_monitored_for_the_risk_is_closed_at_once():
    """No clue, and the finding that it is monitored already is told."""
    (one,) = raised(
        "medical_cost", cost(inpatient=2_000_000), monitored_risks=frozenset({ILLNESS}), case_id="c1"
    )
    assert ("already_monitored", 1, "c1", False) == (one.state, one.checks, one.case_id, becomes_clue(one))


def test_household_monitored_for_another_risk_is_looked_at():
    """Illness of a household monitored for its work is news."""
    (one,) = raised("medical_cost", cost(inpatient=2_000_000), monitored_risks=frozenset({"100A27009"}))
    assert ("to_check", True) == (one.state, becomes_clue(one))


def test_what_only_compares_becomes_no_clue():
    """A business is for the case's comparison."""
    (one,) = raised("company", CompanyRow(company_no="Q1"), case_id="c1")
    assert ("SG-01", False) == (one.rule, becomes_clue(one))


def test_report_belongs_to_the_clue_of_household_risk_and_month():
    """The clock of the clue starts when the list came; a disaster's kind goes along."""
    row = DisasterRow(event_no="Z1", kind="001", happened_on=date(2022, 6, 20))
    (one,) = raised("disaster", row)
    report = report_from(one, row, load_clue_policy(Settings.model_fields["policy_dir"].default), "受灾")
    assert (clue_id_of("h1", "100A27006", ON), ON, "001", "02", f"warning:{one.id}") == (
        report.clue_id,
        report.reported_on,
        report.detail,
        report.source,
        report.cause,
    )


def test_petition_may_name_its_risk():
    """What the petition is about decides; without it the rule's risk is taken."""
    (named,) = raised("petition", PetitionRow(petition_no="X1", hardship=True, risk=ILLNESS))
    (plain,) = raised("petition", PetitionRow(petition_no="X2", hardship=True))
    assert (ILLNESS, "100A27011") == (named.risk, plain.risk)


def test_difference_of_a_month_is_the_same():
    """Found in two deliveries of one month, a difference has one id; in another month, another."""
    found = Disagreement("insured", "no", "yes")

    def id_of(month, list_id):
        delivery = Delivery(list_id, "县医保局", "insured", month, ON)
        return difference_from(found, registered(), delivery, (ON, False)).id

    assert id_of(Month(2022, 6), "l1") == id_of(Month(2022, 6), "l2") != id_of(Month(2022, 7), "l1")
