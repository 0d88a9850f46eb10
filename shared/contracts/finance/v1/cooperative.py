"""Mutual-aid associations, power stations, industry and enterprise lists, version 1. Owner: finance."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
