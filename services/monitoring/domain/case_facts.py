"""What a case tells: private facts, and who acts on which day. ``publishing.py`` makes events of them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.monitoring.domain.case_steps import Step

Stage = Literal["authorisation", "compare", "vote", "objection", "county"]


@dataclass(frozen=True, slots=True)
class Acting:
    """On which day somebody acts, who (an account's id), and what they note down."""

    on: date
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Which case of which household, in which village."""

    case_id: str
    household_id: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Advanced:
    """A case took a step: *from_state* and *to_state* are of the track the step moves.

    *stood* and *stands* are where the main track was and is: what the county is
    told, so that the last step says where the case stands. *acting*'s note is for
    the office's history and is never published.
    """

    case: CaseRef
    step: Step
    from_state: str
    to_state: str
    stood: str
    stands: str
    sequence: int
    acting: Acting


@dataclass(frozen=True, slots=True)
class Identified:
    """The county approved; *first_clue_on* is where the fifteen days began."""

    case: CaseRef
    monitored_class: str
    risks: tuple[str, ...]
    first_clue_on: date
    due_on: date
    on: date


@dataclass(frozen=True, slots=True)
class Rejected:
    """The case ended without identification. *reason* is a code, never what somebody wrote."""

    case: CaseRef
    stage: Stage
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class HelperFixed:
    """The responsible helper is fixed, by number; it was due by *due_on*."""

    case: CaseRef
    helper_no: str
    due_on: date
    limit_confirmed: bool
    on: date


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The elimination was taken back. *reason* is a code."""

    case: CaseRef
    reason: str
    on: date
