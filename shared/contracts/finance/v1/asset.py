"""Assets, their keepers and inspections, version 1. Owner: finance."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
