"""Facts for the domain's tests, made from events as they would come out of the journal."""

from datetime import date

from services.evaluation.domain.fact import Fact


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
