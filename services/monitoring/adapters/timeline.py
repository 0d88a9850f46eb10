"""Where the timelines of households are kept: every event that names one, once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from services.monitoring.adapters.tables import timeline
from shared.contracts.envelope import Envelope
from shared.messaging.bulk import insert_new


class Timeline:
    """All timelines, on one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, events: Sequence[Envelope], *, at: datetime) -> None:
        """Keep what the *events* say of their households; one kept before stays as it is."""
        rows = [
            {
                "event_id": event.id,
                "household_id": household_id,
                "occurred_on": date.fromisoformat(event.data["occurred_on"]),
                "type": event.type,
                "data": event.data,
                "at": at,
            }
            for event in events
            if (household_id := event.data.get("household_id"))
        ]
        insert_new(self._connection, timeline, rows)
