"""The catalogue is whole: rules, policy, kinds of lists and their departments agree."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.catalogue import rule_of, rules_of
from services.monitoring.domain.comparison.row import ROWS
from services.monitoring.domain.comparison.rule import RULES
from shared.contracts.codes import codes
from tests.monitoring.comparison_kit import policy

DAY = date(2022, 6, 30)
IN_THE_DOMAIN = {
    *("YB-01", "YB-02", "YB-03", "YB-04", "WJ-01", "WJ-02", "JT-01", "JT-02", "MZ-01", "MZ-02", "CL-01"),
    *("RS-01", "RS-02", "ZJ-01", "SL-01", "YJ-01", "GA-01", "NY-01", "SG-01", "ZR-01", "XF-01", "XZ-01"),
}


def test_every_rule_of_the_domain_is_there():
    """The table of section 6.2, and the second half of ZR-01 under an id of our own."""
    assert IN_THE_DOMAIN | {"ZR-02"} == set(RULES)


def test_every_rule_has_its_policy():
    """Label, department, risk and evidence of each rule are dated policy."""
    assert set(RULES) == set(policy().rules)


@pytest.mark.parametrize("id_", sorted(RULES))
def test_rule_belongs_to_the_department_of_its_lists(id_):
    """Whoever delivers the list is who warned; the risk is a code; the evidence is marked."""
    entry = policy().rules[id_].entry_on(DAY)
    owners = {policy().duty(kind, DAY).department for kind in rule_of(id_).kinds}
    assert {entry.value["department"]} == owners
    assert entry.value["risk"] in codes()["risk"]
    assert entry.value["evidence"] in {"WEB", "GOV", "SYS", "INF"}
    assert entry.confirmed is False


def test_rules_of_a_kind():
    """The list of medical costs is read by three rules."""
    assert ["YB-01", "YB-02", "YB-03"] == [one.id for one in rules_of("medical_cost")]


def test_every_kind_is_owed_by_somebody():
    """Each list has an owner."""
    assert set(ROWS) == set(policy().duties)
