"""The one function that turns a private fact into events; each subject registers its own."""

from collections.abc import Iterable
from functools import singledispatch

from shared.contracts.envelope import EventData


@singledispatch
def publish(_fact: object) -> Iterable[EventData]:
    """Return the events to publish for a fact; most private facts have none."""
    return ()
