"""A chain as somebody may see it: what is closed keeps its place, what is secret leaves no trace."""

from collections.abc import Collection, Iterable
from typing import Protocol

from services.evaluation.domain.causation import CLOSED, Chain, ChainEvent
from shared.contracts.envelope import Envelope


class Told(Protocol):
    """An event of the journal."""

    @property
    def envelope(self) -> Envelope: ...


def seen_chain(told: Iterable[Told], opened: Collection[str], secret: Collection[str]) -> Chain:
    """Return the chain of *told*: only what is in *opened* says what it is.

    What is *secret* (that a trigger followed) is left out with all that is closed under it. Where
    something open followed from it, it stands there closed like any other: the open event names its cause.
    """
    events = [_event(one.envelope, one.envelope.id in opened) for one in told]
    whole = Chain(events)
    left_out = {
        one
        for one in whole.events
        if one in secret and not any(below in opened for below in whole.everything_below([one]))
    }
    left_out |= set(whole.everything_below(left_out))
    return Chain(event for event in events if event.id not in left_out)


def _event(envelope: Envelope, opened: bool) -> ChainEvent:  # noqa: FBT001
    return ChainEvent(envelope.id, envelope.fact if opened else CLOSED, envelope.time, envelope.causationid)
