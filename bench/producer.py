"""What is published in a measurement, and in which messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from kombu.connection import Connection

from bench.chain import HOUSEHOLD_COUNT
from bench.latency import SENT
from shared.broker.link import Message, open_link
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE, Envelope
from shared.kernel.clock import system_clock
from shared.kernel.ids import random_ids
from tests.support.chain import DAY, Counted

REMARK = "x" * 180
"""Makes an event as long on the wire as real ones are: about 600 bytes."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do the work."""

    name: str
    words: str
    program: str
    events: int
    in_a_message: int = 1
    batch_size: int = 0
    lean: bool = False
    workers: int = 1
    """Processes of each reader."""
    queue: str = ""
    """The type of the queues, where it is not the usual one."""

    @property
    def plain(self) -> bool:
        """Whether it is nameko's own messaging that is measured."""
        return self.batch_size == 0


def event(number: int, *, sent: float | None = None) -> Counted:
    """Return an invented count; with *sent* its latency is noted."""
    remark = REMARK if sent is None else f"{SENT}{sent};".ljust(len(REMARK), "x")
    return Counted(
        occurred_on=DAY,
        household_id=f"h{number % HOUSEHOLD_COUNT}",
        area_code="610327100001",
        version=number,
        income=number,
        remark=remark,
    )


def sealed(number: int, *, sent: float | None = None) -> Envelope:
    """Return the event *number* in its envelope."""
    return Envelope.seal(event(number, sent=sent), ids=random_ids, at=system_clock())


class Producer:
    """Publishes straight to the broker, as fast as it can, as the variant wants its messages."""

    def __init__(self, variant: Variant, broker: str) -> None:
        self._variant = variant
        self._plain = variant.plain
        self._link = None if self._plain else open_link(broker)
        self._connection = Connection(broker) if self._plain else None
        self._producer = self._connection.Producer() if self._connection else None

    def prepare(self, envelopes: Sequence[Envelope]) -> list[Any]:
        """Return the messages, made before the clock runs."""
        if self._plain:
            return [orjson.dumps(e.attributes()) for e in envelopes]
        size = self._variant.in_a_message
        groups = [envelopes[n : n + size] for n in range(0, len(envelopes), size)]
        return [self._message(group) for group in groups]

    def publish(self, messages: list[Any]) -> None:
        """Hand *messages* over."""
        if self._producer is not None:
            for body in messages:
                self._producer.publish(
                    body,
                    exchange="first.events",
                    routing_key="counted",
                    content_type="application/json",
                    content_encoding="utf-8",
                    delivery_mode=2,
                )
            return
        assert self._link is not None
        for start in range(0, len(messages), 500):
            refused = self._link.publish(messages[start : start + 500])
            assert not refused

    def close(self) -> None:
        """Give the connection back."""
        if self._link is not None:
            self._link.close()
        if self._connection is not None:
            self._connection.release()

    @staticmethod
    def _message(group: Sequence[Envelope]) -> Message:
        if len(group) == 1:
            return Message(group[0].id, group[0].type, EVENT_MEDIA_TYPE, group[0].to_json().encode())
        body = "[" + ",".join(envelope.to_json() for envelope in group) + "]"
        return Message(group[0].id, "first.batch", BATCH_MEDIA_TYPE, body.encode())
