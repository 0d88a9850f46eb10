from datetime import date

import pytest

from services.monitoring.domain.matter_errors import MatterNotFoundError
from services.monitoring.service_layer.dispute import OpenDispute, close_dispute, open_dispute
from services.monitoring.service_layer.matter import CloseMatter
from tests.monitoring.kit import DAY, VILLAGE


def test_a_dispute_from_finding_to_settling(service, outbox):
    """It is told with its limit and with its end; what it is about stays inside."""
    opened = OpenDispute(area_code=VILLAGE, kind="land", on=DAY, note="两家地界不清")
    dispute = open_dispute(opened, service.uow(), service.governance_policy)
    close_dispute(CloseMatter(matter_id=dispute, way="settled", on=date(2022, 6, 20)), service.uow())
    assert ["2022-07-15"] == [told["due_on"] for told in outbox("monitoring.dispute_opened.v1")]
    assert ["settled"] == [told["way"] for told in outbox("monitoring.dispute_closed.v1")]
    assert "地界" not in str(outbox())


def test_no_dispute_of_this_id(service):
    """What is not there is not settled."""
    with pytest.raises(MatterNotFoundError):
        close_dispute(CloseMatter(matter_id="nowhere", way="settled", on=DAY), service.uow())
