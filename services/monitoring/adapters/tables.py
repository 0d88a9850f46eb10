"""Every table of the monitoring database; they are declared by noun in the ``tables_*`` modules."""

from services.monitoring.adapters.metadata import idempotency, messages, metadata
from services.monitoring.adapters.tables_clue import clue_reports, clues, relapses, sample_checks, timeline
from services.monitoring.adapters.tables_household import (
    changes,
    households,
    income_ledgers,
    members,
    unmaskings,
    visits,
)

__all__ = [
    "changes",
    "clue_reports",
    "clues",
    "households",
    "idempotency",
    "income_ledgers",
    "members",
    "messages",
    "metadata",
    "relapses",
    "sample_checks",
    "timeline",
    "unmaskings",
    "visits",
]
