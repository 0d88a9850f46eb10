"""A live tap of the county's events: an independent client (pika) with a queue of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from time import monotonic

import orjson
import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError

from shared.broker.link import BrokerAwayError, addresses_of, in_any_order, without_password
from shared.broker.tls import BrokerTls, without_files
from shared.broker.topology import EXCHANGE, binding_of
from shared.contracts.cloudevents import Garbage, decode
from shared.contracts.envelope import Envelope
from shared.kernel.clock import COUNTY_ZONE
from shared.kernel.errors import ConflictError
from shared.observability.personal_data import masked, without_personal_data

_LONGEST_QUEUE = 10_000
"""Messages kept for a tap that cannot print as fast as the county tells; then the oldest go."""
_LOOK_SECONDS = 0.25


class NoBrokerToTapError(ConflictError):
    """Raised for the embedded county: its broker lives inside one process and cannot be listened to."""

    code = "no_broker_to_tap"
    zh = "没有可旁听的消息服务器：单机版的消息在进程内传递，请看考核评估的事件日志"
    en = "There is no broker to tap: the embedded county's lives inside a process; see evaluation's journal"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are printed, and when to stop; 0 stands for no limit."""

    type: str = "*"
    publisher: str = ""
    count: int = 0
    seconds: float = 0.0

    def takes(self, type_: str) -> bool:
        """Say whether an event of *type_* was asked for; the pattern is that of file names."""
        return fnmatchcase(type_, self.type) and (
            not self.publisher or type_.startswith(f"{self.publisher}.")
        )


def tap(
    url: str,
    wanted: Wanted,
    say: Callable[[str], None],
    *,
    bodies: bool = False,
    now: Callable[[], float] = monotonic,
) -> int:
    """Print what passes the exchange from now on until *wanted* has enough; return how many events.

    It binds an exclusive queue that goes with it, so nothing is ever taken from a
    reader. Garbage is printed too. Raises BrokerAwayError and NoBrokerToTapError.
    """
    said, until = 0, now() + wanted.seconds if wanted.seconds else None
    try:
        with pika.BlockingConnection(_parameters(url)) as connection:
            channel = connection.channel()
            for one in _passing(channel, _queue(channel, wanted.publisher), until, now):
                if isinstance(one, Envelope) and not wanted.takes(one.type):
                    continue
                say(line_of(one, bodies=bodies))
                said += 1
                if said == wanted.count:
                    break
    except (AMQPError, OSError) as error:
        reason = f"{type(error).__name__} {error}".strip()
        raise BrokerAwayError(f"{without_password(url)}: {reason}") from error
    return said


def line_of(one: Envelope | Garbage, *, bodies: bool = False) -> str:
    """Return an event as one line without personal data: time, type, subject, id, correlation."""
    if isinstance(one, Garbage):
        return masked(f"{'不是事件 no event':<24}  {one.reason}  {one.id}")
    told = one.time.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    line = f"{told}  {one.type:<40}  {one.subject or '-'}  {one.id}  {one.correlationid or '-'}"
    if bodies:
        line += "  " + orjson.dumps(without_personal_data(one.data), option=orjson.OPT_SORT_KEYS).decode()
    return masked(line)


def _parameters(url: str) -> list[pika.URLParameters]:
    if url.startswith("memory://"):
        raise NoBrokerToTapError
    return [_parameters_of_one(address) for address in in_any_order(addresses_of(url))]


def _parameters_of_one(address: str) -> pika.URLParameters:
    tls = BrokerTls.of(address)
    parameters = pika.URLParameters(without_files(address))
    parameters.socket_timeout = parameters.blocked_connection_timeout = 10
    if tls is not None:
        parameters.ssl_options = pika.SSLOptions(tls.context(), tls.host)
    return parameters


def _queue(channel: BlockingChannel, publisher: str) -> str:
    """Declare a queue of our own and bind it; the broker names it."""
    arguments = {"x-max-length": _LONGEST_QUEUE, "x-overflow": "drop-head"}
    declared = channel.queue_declare("", exclusive=True, auto_delete=True, arguments=arguments)
    name = str(declared.method.queue)
    channel.queue_bind(name, EXCHANGE, binding_of(publisher) if publisher else "#")
    return name


def _passing(
    channel: BlockingChannel, queue: str, until: float | None, now: Callable[[], float]
) -> Iterator[Envelope | Garbage]:
    """Yield every event that passes, batches unfolded, until the time is over."""
    for method, properties, body in channel.consume(queue, auto_ack=True, inactivity_timeout=_LOOK_SECONDS):
        if method is not None and properties is not None and body is not None:
            yield from decode(body, properties.content_type)
        if until is not None and now() >= until:
            return
