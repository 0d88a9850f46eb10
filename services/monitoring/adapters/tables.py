"""Every table of the monitoring database; they are declared by noun in the ``tables_*`` modules."""

from services.monitoring.adapters.metadata import idempotency, messages, metadata
from services.monitoring.adapters.tables_case import (
    case_steps,
    cases,
    elimination_steps,
    eliminations,
    measure_answers,
    measures,
    plans,
)
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
    "case_steps",
    "cases",
    "changes",
    "clue_reports",
    "clues",
    "elimination_steps",
    "eliminations",
    "households",
    "idempotency",
    "income_ledgers",
    "measure_answers",
    "measures",
    "members",
    "messages",
    "metadata",
    "plans",
    "relapses",
    "sample_checks",
    "timeline",
    "unmaskings",
    "visits",
]
