from shared.broker.topology import batch_key_of, binding_of, queue_arguments, queue_of


def test_names() -> None:
    """A reader's queue and a publisher's keys are named after them."""
    assert ("finance.events", "finance.#", "finance.batch") == (
        queue_of("finance"),
        binding_of("finance"),
        batch_key_of("finance"),
    )


def test_nothing_is_dropped() -> None:
    """A queue is replicated and sends what the broker gives up to a queue of its own."""
    arguments = queue_arguments("finance")
    assert "quorum" == arguments["x-queue-type"]
    assert "finance.undelivered" == arguments["x-dead-letter-routing-key"]
