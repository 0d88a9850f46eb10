from datetime import date
from pathlib import Path

from services.monitoring.adapters.governance_policy import load_governance_policy
from services.monitoring.domain.dispute import Dispute

POLICY = load_governance_policy(Path("services/monitoring/policy"))


def test_a_dispute_has_its_limit_from_the_day_it_was_found():
    """Thirty days by the inferred limit, which is told as unconfirmed."""
    dispute = Dispute.found(POLICY, on=date(2022, 3, 1), id="d1", area_code="610327109203", kind="land")
    assert (date(2022, 3, 31), False) == (dispute.due_on, dispute.limit_confirmed)
    assert 1 == len(dispute.facts)
