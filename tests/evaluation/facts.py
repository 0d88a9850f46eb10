"""Facts for the domain's tests, made from events as they would come out of the journal."""

from datetime import date
from functools import cache

from services.evaluation.domain.fact import Fact
from tests.evaluation.samples import Year, sealed


def fact_of(envelope):
    """Return the fact that the journal would give for *envelope*."""
    data = envelope.data
    return Fact(
        envelope.id,
        envelope.fact,
        data.get("household_id", ""),
        data.get("area_code", "")[:9],
        date.fromisoformat(data["occurred_on"]),
        data,
    )


@cache
def year_of(seed):
    """Return the facts of the small year of *seed*, the same ones each time: nobody may change them."""
    return tuple(fact_of(envelope) for envelope in sealed(Year(seed).events))
