"""Inspections, supervision orders and accountability, version 1. Owner: evaluation."""

from shared.contracts.envelope import EventData

EVENTS: tuple[type[EventData], ...] = ()
