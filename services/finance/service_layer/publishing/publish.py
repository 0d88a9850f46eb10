"""Which private fact becomes which published event: each subject's module adds its own."""

from collections.abc import Iterable
from functools import singledispatch

from shared.contracts.envelope import EventData


@singledispatch
def publish(fact: object) -> Iterable[EventData]:  # noqa: ARG001  (singledispatch looks at it)
    """Return the events to publish for *fact*; most private facts have none."""
    return ()
