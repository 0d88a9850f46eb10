"""Projects from the library to acceptance, version 1. Owner: finance."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
