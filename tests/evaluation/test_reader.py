from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.evaluation.adapters.tables import metadata
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour
from shared.testing.readers import same_whatever_the_delivery
from tests.evaluation.samples import TODAY, Year, sealed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_order_repetition_and_batches_change_nothing(new_service, seed):
    """Journal, cards and inbox end the same however the events were delivered."""
    unknown = Envelope(
        id="u1",
        source="/county/610327/monitoring",
        type="monitoring.moon_seen.v3",
        subject="h0",
        time=at_hour(TODAY, 9),
        data={"household_id": "h0", "occurred_on": "someday"},
    )
    sent = [*sealed(Year(seed).events), unknown]
    same_whatever_the_delivery(new_service, metadata, sent, seed=seed)
