from datetime import date

import pytest

from services.evaluation.domain.ledger.errors import UnknownLedgerCodeError, UnknownLedgerUnitError
from services.evaluation.domain.ledger.state import Level, Stage
from tests.evaluation.domain.ledger.made import LEAD, POLICY, TOWN

DAY = date(2022, 5, 1)


def test_codes_and_units_outside_the_lists():
    """What is in no list is refused by name."""
    with pytest.raises(UnknownLedgerUnitError):
        POLICY.require_unit("县外局")
    with pytest.raises(UnknownLedgerCodeError):
        POLICY.require_category("none", DAY)
    with pytest.raises(UnknownLedgerCodeError):
        POLICY.require_cause("none", DAY)


def test_only_work_style_is_special():
    """The drive of item 38 counts problems of corruption and work style alone."""
    special = [code for code in POLICY.categories.on(DAY) if POLICY.is_special(code, DAY)]
    assert ["style"] == special


@pytest.mark.parametrize(
    ("lead", "expected"), [(LEAD, True), ("", False), (TOWN, False), ("610327101", False)]
)
def test_only_another_department_rechecks(lead, expected):
    """The department's re-check is left out when none leads, or a town does."""
    assert expected == (Stage.DEPARTMENT in POLICY.stages(Level.TOWN, TOWN, lead, DAY))


def test_every_sample_finding_has_its_codes():
    """Each finding of a sample check leads to a category and a cause that exist."""
    for found in POLICY.sample_findings.on(DAY).values():
        POLICY.require_category(found["category"], DAY)
        POLICY.require_cause(found["cause"], DAY)
