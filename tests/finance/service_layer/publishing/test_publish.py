from services.finance.service_layer.publishing import publish


def test_a_private_fact_stays_private():
    """What no subject has registered is told to nobody."""
    assert () == tuple(publish(object()))
