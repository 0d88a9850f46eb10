"""What the county is told of grids, village decisions and disputes (plan item 28), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class GridRecorded(EventData):
    """A grid as it now stands. The higher *version* wins."""

    type: ClassVar[str] = "monitoring.grid_recorded.v1"

    grid_id: str
    version: int
    level: Literal["town", "village", "group"]
    households: int
    workers: int
    """Named grid workers and heads."""
    duties: tuple[str, ...] = ()
    """Codes of ``grid_duty``: the grids that were merged into it."""
    active: bool = True

    @property
    def subject(self) -> str:
        return self.grid_id


class VillageDecisionFiled(EventData):
    """A major decision of a village was filed, with the steps of 四议两公开 that were kept."""

    type: ClassVar[str] = "monitoring.village_decision_filed.v1"

    decision_id: str
    steps: tuple[str, ...]
    """Codes of ``decision_step``."""
    complete: bool

    @property
    def subject(self) -> str:
        return self.decision_id


class DisputeOpened(EventData):
    """A dispute was found."""

    type: ClassVar[str] = "monitoring.dispute_opened.v1"

    dispute_id: str
    kind: str
    """A code of ``dispute_kind``."""
    due_on: date
    limit_confirmed: bool = False

    @property
    def subject(self) -> str:
        return self.dispute_id


class DisputeClosed(EventData):
    """The dispute was settled, or handed on."""

    type: ClassVar[str] = "monitoring.dispute_closed.v1"

    dispute_id: str
    way: Literal["settled", "handed_on", "withdrawn"]

    @property
    def subject(self) -> str:
        return self.dispute_id
