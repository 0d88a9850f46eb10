from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.cleaning_round import CleaningRound
from services.monitoring.domain.quality.errors import CleaningRoundError

DAY = date(2022, 7, 1)


def opened():
    return CleaningRound(id="r1", month="202207", opened_on=DAY)


def test_closed_once_with_its_counts():
    """A round is closed on its first day at the earliest, keeps its counts, and is not closed again."""
    one = opened()
    one.close(found=7, fixed=5, on=DAY)
    assert (7, 5, False, 1) == (one.found, one.fixed, one.is_open, len(one.facts))
    with pytest.raises(CleaningRoundError):
        one.close(found=7, fixed=5, on=DAY)


def test_not_closed_before_it_was_opened():
    """The day before is refused."""
    with pytest.raises(InvalidDayError):
        opened().close(found=0, fixed=0, on=date(2022, 6, 30))
