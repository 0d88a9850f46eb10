"""Problems fed back and their rectification (三单一账), version 1. Owner: evaluation."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
