"""What the county is told of the guarantee of education (plan item 6), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class DropoutFound(EventData):
    """A child of school age was found out of school without a lawful reason."""

    type: ClassVar[str] = "monitoring.dropout_found.v1"

    dropout_id: str
    person_id: str
    reason: str = ""
    """A code of ``absence_reason``."""
    due_on: date
    limit_confirmed: bool = False


class DropoutEnded(EventData):
    """The child is at school again, or taught at home, or the case was none."""

    type: ClassVar[str] = "monitoring.dropout_ended.v1"

    dropout_id: str
    person_id: str
    result: Literal["returned", "taught_at_home", "exempt", "mistaken"]


class StudentAidDue(EventData):
    """A pupil is entitled to aid for a term."""

    type: ClassVar[str] = "monitoring.student_aid_due.v1"

    entitlement_id: str
    person_id: str
    kind: Literal["aid", "yulu"]
    """Aid for pupils of poor families, or 雨露计划."""
    term: str
    """The year and 1 (spring) or 2 (autumn), e.g. 20222."""
    amount_fen: int
    amount_confirmed: bool = False
    due_on: date


class StudentAidPaid(EventData):
    """The aid of a term was paid."""

    type: ClassVar[str] = "monitoring.student_aid_paid.v1"

    entitlement_id: str
    person_id: str
    kind: Literal["aid", "yulu"]
    term: str
    amount_fen: int


class StudentAidWithdrawn(EventData):
    """The pupil was not entitled after all; *reason* is a code."""

    type: ClassVar[str] = "monitoring.student_aid_withdrawn.v1"

    entitlement_id: str
    person_id: str
    reason: str


class HomeTeachingBegan(EventData):
    """A child who cannot go to school is taught at home from this day on."""

    type: ClassVar[str] = "monitoring.home_teaching_began.v1"

    pupil_id: str
    person_id: str
    visits_a_month: int = 2


class HomeTeachingVisited(EventData):
    """A teacher came to the home of such a child."""

    type: ClassVar[str] = "monitoring.home_teaching_visited.v1"

    pupil_id: str
    visit_id: str


class HomeTeachingEnded(EventData):
    """Teaching at home ended."""

    type: ClassVar[str] = "monitoring.home_teaching_ended.v1"

    pupil_id: str
    reason: str
