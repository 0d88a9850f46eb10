"""A client of the broker that repeats, reorders and sends what nobody can read; not built on our own."""

from typing import Self

import orjson
import pika
from pika.adapters.blocking_connection import BlockingChannel

from shared.broker.topology import EXCHANGE, queue_of
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE
from shared.kernel.ids import derived_id
from tests.support.county_on import NAMES

_GARBAGE = (
    (EVENT_MEDIA_TYPE, b"\xff\xfe no JSON"),
    (EVENT_MEDIA_TYPE, b'{"specversion":"1.0","id":"g1"}'),
    ("text/plain", "早上好".encode()),
)
_READERS_OF = {
    "monitoring": ("employment", "finance", "evaluation"),
    "employment": ("monitoring", "evaluation"),
    "finance": ("monitoring", "evaluation"),
}


class Troublemaker:
    """Listens to everything on the exchange and gives it again."""

    def __init__(self, url: str) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(url))
        self._channel: BlockingChannel = self._connection.channel()
        self._channel.exchange_declare(EXCHANGE, "topic", durable=True)
        self._channel.queue_declare("tap")
        self._channel.queue_bind("tap", EXCHANGE, "#")
        self._aside: list[tuple[str, str, str]] = []
        self._own: set[bytes] = set()
        self._heard: dict[str, dict[str, object]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def repeat_backwards(self) -> int:
        """Publish what came by since the last time twice more, in the other order; return how much."""
        self._connection.process_data_events(0.2)
        heard: list[tuple[str, pika.BasicProperties, bytes]] = []
        while True:
            method, properties, body = self._channel.basic_get("tap", auto_ack=True)
            if method is None or properties is None or body is None:
                break
            if body not in self._own:
                heard.append((method.routing_key or "", properties, body))
        for key, properties, body in [*reversed(heard), *heard]:
            self._own.add(body)
            event = orjson.loads(body)
            self._heard[key.split(".", 1)[0]] = event[0] if isinstance(event, list) else event
            self._channel.basic_publish(EXCHANGE, key, body, properties)
        return len(heard)

    def send_garbage(self) -> None:
        """Send every reader what is no event; the same again is the same garbage."""
        for reader in NAMES:
            for content_type, body in _GARBAGE:
                self._channel.basic_publish(
                    "", queue_of(reader), body, pika.BasicProperties(content_type=content_type)
                )
        self._aside = [(reader, "garbage", "not_an_event") for reader in NAMES for _ in _GARBAGE]

    def send_bad_events(self) -> list[tuple[str, str, str]]:
        """Send events that break their contract or are refused, each in one message with good ones.

        Returns service, kind and code of all that must have been set aside by now.
        """
        for publisher, readers in _READERS_OF.items():
            bad = _event(f"{publisher}.{_BROKEN[publisher]}.v1", f"bad {publisher}", {"occurred_on": "soon"})
            self._send(EXCHANGE, f"{publisher}.batch", bad, self._heard[publisher])
            self._aside += [(reader, "invalid", "invalid_event_body") for reader in readers]
        answered: dict[str, object] = {
            "occurred_on": "2022-05-01",
            "household_id": "nobody",
            "area_code": "610327100001",
            "measure_id": "nothing",
        }
        refused = _event("employment.measure_accepted.v1", "refused", answered)
        self._send("", queue_of("monitoring"), self._heard["employment"], refused)
        return [*self._aside, ("monitoring", "refused", "measure_not_found")]

    def _send(self, exchange: str, key: str, *events: dict[str, object]) -> None:
        properties = pika.BasicProperties(content_type=BATCH_MEDIA_TYPE)
        self._channel.basic_publish(exchange, key, orjson.dumps(list(events)), properties)


_BROKEN = {
    "monitoring": "measure_requested",
    "employment": "measure_delivered",
    "finance": "measure_delivered",
}
"""A type of each publisher that every one of its readers takes."""


def _event(type_: str, name: str, data: dict[str, object]) -> dict[str, object]:
    publisher = type_.split(".", 1)[0]
    return {
        "specversion": "1.0",
        "id": derived_id("trouble", type_, name),
        "source": f"/county/610327/{publisher}",
        "type": type_,
        "subject": "nobody",
        "time": "2022-06-01T01:00:00.000000Z",
        "datacontenttype": "application/json",
        "data": data,
    }
