"""What units report themselves, with review and sampled check, version 1. Owner: evaluation."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
