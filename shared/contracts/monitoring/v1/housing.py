"""What the county is told of safe housing (plan item 8), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class HouseAlertRaised(EventData):
    """A house may be unsafe; it must be appraised by *due_on*."""

    type: ClassVar[str] = "monitoring.house_alert_raised.v1"

    alert_id: str
    due_on: date
    limit_confirmed: bool = False


class HouseAppraised(EventData):
    """The house was graded A to D."""

    type: ClassVar[str] = "monitoring.house_appraised.v1"

    alert_id: str
    grade: Literal["A", "B", "C", "D"]
    repair_due_on: date | None = None
    """By when a C or D house must be safe; None for A and B."""
    limit_confirmed: bool = False


class HouseMadeSafe(EventData):
    """The people live in a safe house again."""

    type: ClassVar[str] = "monitoring.house_made_safe.v1"

    alert_id: str
    way: Literal["repaired", "rebuilt", "resettled", "other_house"]


class RebuildListed(EventData):
    """A house of grade D is on the list to be rebuilt."""

    type: ClassVar[str] = "monitoring.rebuild_listed.v1"

    rebuild_id: str
    cause: Literal["disaster_2021", "other"]
    due_on: date
    limit_confirmed: bool = False


class RebuildAdvanced(EventData):
    """A rebuilding took a step."""

    type: ClassVar[str] = "monitoring.rebuild_advanced.v1"

    rebuild_id: str
    cause: Literal["disaster_2021", "other"]
    stage: Literal["started", "built", "accepted", "occupied"]
