"""How often an event that failed is tried again, at once and later, by the kind of its fault."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tries:
    """How often again: *immediate* at once, then one try after each of *after_seconds*."""

    immediate: int = 0
    after_seconds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """What one reader does about faults before it sets an event aside; part of a service's settings.

    Many a defect is a race or a neighbour's missing fact, which time mends: so it
    is tried again. A refusal is a rule's answer, which time mends only for some
    codes: *refused* names them. An invalid body never mends.
    """

    defect: Tries = Tries(after_seconds=(10, 60, 600))
    invalid: Tries = Tries()
    refused: Mapping[str, Tries] = field(default_factory=dict)
    jitter: float = 0.2
    """A delay is up to this share longer, so that what failed together does not come again together."""

    def tries(self, kind: str, code: str) -> Tries:
        """Return how often an event with a fault of *kind* and *code* is tried again."""
        if kind == "refused":
            return self.refused.get(code, Tries())
        return {"defect": self.defect, "invalid": self.invalid}.get(kind, Tries())

    def delay(self, kind: str, code: str, *, tried: int, event_id: str) -> timedelta | None:
        """Return how long to wait after the attempt number *tried*, or None when it was the last.

        The chance in it comes from the event's id: a simulation played twice waits the same.
        """
        steps = self.tries(kind, code).after_seconds
        if tried > len(steps):
            return None
        drawn = hashlib.sha256(f"{event_id}/{tried}".encode()).digest()[0] / 256
        return timedelta(seconds=steps[tried - 1] * (1 + self.jitter * drawn))


NO_RETRIES = RetryPolicy(defect=Tries())
"""Whatever is at fault is set aside at once."""
