"""What the county is told of the quality of its records, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class DataErrorFound(EventData):
    """Something recorded is wrong, missing or doubtful and somebody must put it right or explain it."""

    type: ClassVar[str] = "monitoring.data_error_found.v1"

    error_id: str
    origin: Literal["rule", "comparison", "check_back", "person"]
    """Found by a rule, by a department's list, in a check of the national record, or by a person."""
    rule: str = ""
    """The rule's id, e.g. D-12, when a rule found it."""
    severity: int = 5
    """1 must be fixed … 5 suspicious (domain 9.2)."""
    unit: str = ""
    """Official name of the unit that must answer; empty: the town of *area_code*."""
    due_on: date
    limit_confirmed: bool = False
    person_id: str | None = None


class DataErrorFixed(EventData):
    """A data error was put right, or explained."""

    type: ClassVar[str] = "monitoring.data_error_fixed.v1"

    error_id: str
    how: Literal["corrected", "explained", "gone"]
    """*gone*: the record no longer breaks the rule, nobody answered the error itself."""


class RecordGatePassed(EventData):
    """A changed record passed one of the five gates of data quality (plan item 3)."""

    type: ClassVar[str] = "monitoring.record_gate_passed.v1"

    cycle_id: str
    """One change of one record on its way through the gates."""
    gate: Literal["entered", "reviewed", "approved", "inspected", "alert_checked"]
    sequence: int


class RecordReturned(EventData):
    """A changed record was sent back for a reason."""

    type: ClassVar[str] = "monitoring.record_returned.v1"

    cycle_id: str
    gate: Literal["reviewed", "approved", "inspected", "alert_checked"]
    reason: str
    """A code of ``return_reason``."""
    sequence: int


class QualityRunCompleted(EventData):
    """All rules ran over all records of one town."""

    type: ClassVar[str] = "monitoring.quality_run_completed.v1"

    run_id: str
    records: int
    """Households, their members and villages that were looked at."""
    rules: int
    open_errors: int

    @property
    def subject(self) -> str:
        return self.run_id


class CleaningRoundClosed(EventData):
    """A round of cleaning the data was completed (plan item 3)."""

    type: ClassVar[str] = "monitoring.cleaning_round_closed.v1"

    round_id: str
    month: str
    """YYYYMM."""
    found: int
    fixed: int

    @property
    def subject(self) -> str:
        return self.round_id
