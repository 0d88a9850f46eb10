"""Bridging and cooperation money: arranged, issued, paid, version 1. Owner: finance."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
