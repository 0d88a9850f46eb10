"""Messages as they go over the wire, made by hand."""

import orjson

from shared.broker.link import Message
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE
from tests.support.chain import counted, sealed


def event_json(event_id: str, number: int = 1) -> bytes:
    """Return one valid event of the chain."""
    return sealed(counted(number), event_id).to_json().encode()


def single(event_id: str, number: int = 1) -> Message:
    """Return a message with one event."""
    return Message(event_id, "first.counted.v1", EVENT_MEDIA_TYPE, event_json(event_id, number))


def several(*event_ids: str) -> Message:
    """Return a message with several events."""
    body = b"[" + b",".join(event_json(event_id, n) for n, event_id in enumerate(event_ids, 1)) + b"]"
    return Message(event_ids[0], "first.batch", BATCH_MEDIA_TYPE, body)


def garbage(message_id: str, body: bytes, content_type: str = EVENT_MEDIA_TYPE) -> Message:
    """Return a message that may hold anything."""
    return Message(message_id, "first.counted.v1", content_type, body)


def without(event_id: str, attribute: str) -> bytes:
    """Return an event that lacks *attribute*."""
    event = orjson.loads(event_json(event_id))
    del event[attribute]
    return orjson.dumps(event)
