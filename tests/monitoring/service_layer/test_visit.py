from typing import Any

import pytest

from services.monitoring.domain.errors import VisitRisksError
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from tests.monitoring.kit import DAY


def visit(household, **given):
    told: dict[str, Any] = {"kind": "grid", "on": DAY}
    return RecordVisit(household_id=household, **told | given)


def test_visit_without_findings_is_told(service, household, outbox):
    """A visit that found nothing is proof of coverage and raises no clue."""
    record_visit(visit(household), service.uow(), service.clue_policy)
    assert [False] == [told["risk_found"] for told in outbox("monitoring.visit_recorded.v1")]
    assert [] == outbox("monitoring.clue_reported.v1")


def test_each_risk_found_is_a_clue(service, household, outbox):
    """Two risks found make two clues, from the helper who went there."""
    risks = ("100A27001", "100A27003")
    record_visit(
        visit(household, kind="helper", risk_found=True, risks=risks), service.uow(), service.clue_policy
    )
    clues = outbox("monitoring.clue_reported.v1")
    assert ([*risks], {"05"}) == ([told["risk"] for told in clues], {told["source"] for told in clues})


def test_refused_visit_leaves_nothing(service, household, outbox):
    """A risk found where nobody was reached is refused; neither visit nor clue is kept."""
    before = outbox()
    with pytest.raises(VisitRisksError):
        record_visit(
            visit(household, risk_found=True, risks=("100A27001",), result="03"),
            service.uow(),
            service.clue_policy,
        )

    assert before == outbox()
