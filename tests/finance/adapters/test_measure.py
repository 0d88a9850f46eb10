from datetime import date

import pytest

from services.finance.domain.errors import MeasureNotFoundError
from services.finance.domain.measure import Measure, MeasureState, Request, Withdrawal
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 6, 1)
REQUEST = Request(
    "m1", "c1", "h1", "610327102200", "100A27008", "100A41", "001", "县乡村振兴局", DAY, DAY, "p1", "e1", "e0"
)


def test_gives_back_what_was_requested(service):
    """A request is read back, equal; one known already stays as it is."""
    with service.uow() as uow:
        uow.measures.request([REQUEST])
        measure = uow.measures.get("m1")
        assert Measure(version=1, request=REQUEST) == measure
        measure.accept(on=DAY)
        uow.measures.save(measure)
        uow.measures.request([REQUEST])
        assert MeasureState.ACCEPTED == uow.measures.get("m1").state


def test_the_first_withdrawal_counts(service):
    """Withdrawn twice, before the request is known: the earlier day stands."""
    with service.uow() as uow:
        uow.measures.withdraw([Withdrawal("e3", "m1", date(2022, 6, 9)), Withdrawal("e2", "m1", DAY)])
        uow.measures.request([REQUEST])
        assert (DAY, MeasureState.WITHDRAWN) == (
            uow.measures.get("m1").withdrawn_on,
            uow.measures.get("m1").state,
        )


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.measures.request([REQUEST])
        first, second = uow.measures.get("m1"), uow.measures.get("m1")
        uow.measures.save(first)
        with pytest.raises(StaleVersionError):
            uow.measures.save(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(MeasureNotFoundError):
        uow.measures.get("m1")
