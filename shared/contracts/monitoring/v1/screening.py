"""What the county is told of screening rounds, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar

from shared.contracts.envelope import EventData


class ScreeningRoundOpened(EventData):
    """A round began in which every rural household is to be reached (plan item 1)."""

    type: ClassVar[str] = "monitoring.screening_round_opened.v1"

    round_id: str
    first_on: date
    last_on: date
    """The last day of the round, included."""
    plan_confirmed: bool = False
    """Whether a paper of the county sets the round."""

    @property
    def subject(self) -> str:
        return self.round_id


class ScreeningRoundClosed(EventData):
    """A round ended."""

    type: ClassVar[str] = "monitoring.screening_round_closed.v1"

    round_id: str
    households: int
    reached: int

    @property
    def subject(self) -> str:
        return self.round_id
