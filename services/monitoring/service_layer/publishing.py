"""Which private fact the county is told, and as what: the whole list on one page.

Register a function per private fact with ``@publish.register``.
"""

from collections.abc import Iterable
from functools import singledispatch

from shared.contracts.envelope import EventData


@singledispatch
def publish(_fact: object) -> Iterable[EventData]:
    """Return the events to publish for a fact; most private facts have none."""
    return ()
