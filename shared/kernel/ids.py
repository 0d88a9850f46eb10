"""Identifiers: random for a person's act, derived for a consequence of one."""

import hashlib
import random
import uuid
from collections.abc import Callable

Ids = Callable[[], str]

_SHOUXIAN = uuid.UUID("7d0bd0a8-54fb-5f3e-9d0b-6f0f2e5a4c11")


def random_ids() -> str:
    """Return a new identifier nobody can guess."""
    return str(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """Return the identifier that *parts* always give.

    A consequence of an event derives its id from the event's, so that doing it
    twice, or in another order, names the same thing. It is a version 5 UUID.
    """
    # What uuid.uuid5 gives, at a third of its cost: every consequence of every event passes here.
    name = "\x1f".join(parts).encode()
    digest = hashlib.sha1(_SHOUXIAN.bytes + name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


class SeededIds:
    """Identifiers that depend only on *seed* and how many were asked for."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311  (repeatable, not secret)

    def __call__(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
