"""Resident teams, training, publicity and services checked on the spot, version 1. Owner: evaluation."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
