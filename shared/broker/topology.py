"""The exchange, the queues and their names: declared by code at start, the same everywhere."""

EXCHANGE = "county.events"
"""The one topic exchange. Routing key: the event's type, or ``<publisher>.batch`` for several at once."""

QUEUE_ARGUMENTS = {"x-queue-type": "quorum"}
"""Replicated, and on disk before the broker confirms."""


def queue_of(reader: str) -> str:
    """Return the name of *reader*'s queue."""
    return f"{reader}.events"


def undelivered_of(reader: str) -> str:
    """Return the name of the queue that keeps what the broker itself gives up delivering."""
    return f"{reader}.undelivered"


def queue_arguments(reader: str) -> dict[str, str]:
    """Return the arguments of *reader*'s queue.

    We never reject a message: what cannot be read is set aside in SQL. But a
    policy of the broker may drop one (a delivery limit, a length limit); then it
    goes to a queue of its own instead of nowhere.
    """
    return {
        **QUEUE_ARGUMENTS,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": undelivered_of(reader),
    }


def binding_of(publisher: str) -> str:
    """Return the pattern that takes everything *publisher* tells, single or in batches."""
    return f"{publisher}.#"


def batch_key_of(publisher: str) -> str:
    """Return the routing key of a message with several events of *publisher*."""
    return f"{publisher}.batch"
