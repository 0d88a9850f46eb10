"""Which private fact the county is told, and as what: a module per subject registers its own.

Register a function per private fact with ``@publish.register`` and name the module in ``__init__.py``.
"""

from collections.abc import Iterable
from functools import singledispatch

from shared.contracts.envelope import EventData


@singledispatch
def publish(_fact: object) -> Iterable[EventData]:
    """Return the events to publish for a fact; most private facts have none."""
    return ()
