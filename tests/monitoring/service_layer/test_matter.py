from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.service_layer.dispute import OpenDispute, open_dispute
from services.monitoring.service_layer.matter import CloseMatter, close_in
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, VILLAGE


@pytest.mark.parametrize(
    ("given", "error"),
    [({"version": 7}, StaleVersionError), ({"on": date(2022, 7, 2)}, InvalidDayError)],
)
def test_what_is_not_known_or_not_yet_is_not_settled(service, outbox, given, error):
    """An older page and a day that has not come are refused; nothing is told."""
    opened = OpenDispute(area_code=VILLAGE, kind="land", on=DAY)
    dispute = open_dispute(opened, service.uow(), service.governance_policy)
    command = CloseMatter(**{"matter_id": dispute, "way": "settled", "on": DAY} | given)
    with service.uow() as uow, pytest.raises(error):
        close_in(uow.disputes, command, uow)
    assert [] == outbox("monitoring.dispute_closed.v1")
