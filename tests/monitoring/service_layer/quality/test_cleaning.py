from datetime import date

import pytest

from services.monitoring.domain.quality.errors import CleaningRoundError
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.quality.cleaning import CloseRound, OpenRound, close_round, open_round
from tests.monitoring.kit import family, person, son, wife

CLOSED = "monitoring.cleaning_round_closed.v1"
TODAY = date(2022, 7, 1)


def test_round_counts_what_it_found_and_fixed(service, outbox):
    """A round closed tells the county how many errors stood in it and how many were fixed."""
    round_id = open_round(OpenRound(on=TODAY), service.uow())
    bad = (person(), wife(), son(labour_skill="001"))
    register_household(family(persons=bad), service.uow(), service.checks)
    close_round(CloseRound(round_id=round_id, on=TODAY), service.uow())
    assert [("202207", 2, 0)] == [(e["month"], e["found"], e["fixed"]) for e in outbox(CLOSED)]


def test_one_round_a_month(service):
    """A second round in one month is refused."""
    open_round(OpenRound(on=TODAY), service.uow())
    with pytest.raises(CleaningRoundError):
        open_round(OpenRound(on=TODAY), service.uow())
