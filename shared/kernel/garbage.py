"""The collector of cyclic garbage, kept from walking over what was made to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_pauses = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """Make many objects that stay without the collector looking through them over and over.

    Reading a county's journal made it walk the whole heap dozens of times: half of all
    processor time. May be nested and used by several threads: it rests until the last is done.
    """
    global _pauses  # noqa: PLW0603  (the collector is one for the whole process)
    with _lock:
        _pauses += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0:
                gc.enable()


def keep_from_collector() -> None:
    """Never walk again over what is there now; but for cycles it is still freed when nothing refers to it."""
    gc.freeze()
