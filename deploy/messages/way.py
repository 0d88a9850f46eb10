"""Where events of a type go, and why: read from the code that declares the queues and handles the events."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any, Protocol

from shared.broker.topology import EXCHANGE, batch_key_of, binding_of, queue_of
from shared.contracts.claims import claims
from shared.contracts.registry import MODELS, PUBLISHERS
from shared.kernel.errors import NotFoundError
from shared.messaging.intake import Reader


class UnknownTypeError(NotFoundError):
    """Raised for a type whose publisher does not exist: no queue is bound to such events."""

    code = "unknown_type"
    zh = "没有部门发布 {type}；相近的类型：{near}"
    en = "Nobody publishes {type}; types like it: {near}"


class Reading(Protocol):
    """A service as far as it reads events."""

    @property
    def reader(self) -> Reader[Any]: ...


@dataclass(frozen=True, slots=True)
class Handling:
    """A function that gets the event, and what it says of itself."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of the event at one reader.

    *binding* is the pattern by which its queue gets the event, empty when it does not. *handled* is empty
    where the reader acknowledges the event and does nothing. *fields* are what it says it needs of it.
    """

    reader: str
    queue: str
    binding: str
    handled: tuple[Handling, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where events of *type* go. *known* says whether the contracts have a model of it."""

    type: str
    publisher: str
    known: bool
    exchange: str
    routing_key: str
    batch_key: str
    ways: tuple[Way, ...]


def destination(type_: str, services: Iterable[Reading]) -> Destination:
    """Return where events of *type_* go among *services*; opens no database and asks no broker."""
    publisher = type_.split(".", 1)[0]
    if publisher not in PUBLISHERS:
        near = get_close_matches(type_, MODELS, n=3, cutoff=0.4)
        raise UnknownTypeError(type=type_[:96], near="、".join(near) or "—")
    needs = {
        claim.reader: tuple(claim.types.get(type_, ())) for claim in claims() if claim.publisher == publisher
    }
    ways = tuple(_way(service.reader, type_, publisher, needs) for service in services)
    return Destination(type_, publisher, type_ in MODELS, EXCHANGE, type_, batch_key_of(publisher), ways)


def _way(reader: Reader[Any], type_: str, publisher: str, needs: Mapping[str, Sequence[str]]) -> Way:
    if publisher not in reader.publishers:
        return Way(reader.name, queue_of(reader.name), "", (), ())
    functions = [] if reader.everything is None else [reader.everything]
    if type_ in reader.handlers:
        functions.append(reader.handlers[type_])
    handled = tuple(_handling(function) for function in functions)
    return Way(
        reader.name, queue_of(reader.name), binding_of(publisher), handled, tuple(needs.get(reader.name, ()))
    )


def _handling(function: Callable[..., Any]) -> Handling:
    whole = function
    while isinstance(whole, partial):
        whole = whole.func
    name = f"{whole.__module__}.{whole.__qualname__}"
    return Handling(name, (whole.__doc__ or "").strip().split("\n\n", 1)[0].replace("\n", " "))
