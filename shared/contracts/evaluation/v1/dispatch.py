"""Month-end dispatch, quarterly meetings and demonstration sites, version 1. Owner: evaluation."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
