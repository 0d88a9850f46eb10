"""What a warning is once for, and thresholds that stand once in the policy."""

from datetime import date

from services.monitoring.domain.comparison.catalogue import rule_of
from services.monitoring.domain.comparison.rule import RULES, warning_id
from tests.monitoring.comparison_kit import policy, registered


def test_the_id_depends_on_rule_person_and_period_only():
    """Two lists that find the same name the same warning."""
    one = rule_of("YB-01")
    assert warning_id(one, registered(), ("2022", "0")) == warning_id(
        one, registered(area_code="610327112200", lifted_out=True), ("2022", "0")
    )


def test_household_rules_are_once_a_household():
    """Two members of a household are one warning of a rule about the household, two of one about persons."""
    head, wife = registered(), registered(person_id="p2")
    by_house, by_person = rule_of("ZJ-01"), rule_of("YB-01")
    assert (True, False) == (
        warning_id(by_house, head, ("F1",)) == warning_id(by_house, wife, ("F1",)),
        warning_id(by_person, head, ("F1",)) == warning_id(by_person, wife, ("F1",)),
    )


def test_borrowed_threshold_is_that_of_changes():
    """The cost that makes an official's note a clue is the one that makes a list's row a warning."""
    borrowed = policy().rules["YB-02"]
    assert (2_000_000, False) == (
        borrowed.entry_on(date(2022, 6, 1)).value["threshold"],
        borrowed.entry_on(date(2022, 6, 1)).confirmed,
    )


def test_only_comparison_rules_are_no_sign_of_risk():
    """Businesses and titles are for the comparison of a case."""
    assert ["SG-01", "ZR-02"] == sorted(one.id for one in RULES.values() if one.compares)
