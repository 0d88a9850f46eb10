"""A household's own application for help, on the form of 8.8, and the answer every informant is owed."""

from dataclasses import dataclass, field
from datetime import date

from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen

INFORMED_BY = ("03", "07", "08")
"""Sources of a clue behind which somebody waits for an answer: own report, petition or hotline, media."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the form asks of the household's people."""

    members: int = 0
    labourers: int = 0
    students: int = 0
    chronically_ill: int = 0
    seriously_ill: int = 0
    disabled: int = 0
    recipients: int = 0


@dataclass(kw_only=True)
class Application(Aggregate):
    """*difficulties* are codes of ``difficulty``; *income_fen* is the household's of the year, as it says."""

    id: str
    household_id: str
    area_code: str
    clue_id: str
    applied_on: date
    members: int
    labourers: int
    students: int
    chronically_ill: int
    seriously_ill: int
    disabled: int
    recipients: int
    income_fen: Fen
    difficulties: tuple[str, ...]
    recorded_by: str = ""
    supplement: str = field(default="", repr=False)


@dataclass(kw_only=True)
class InformantAnswer(Aggregate):
    """Whoever reported was told why nothing follows; *way* is how: by telephone, in person, in writing."""

    id: str
    clue_id: str
    household_id: str
    area_code: str
    round: int
    answered_on: date
    way: str
    answered_by: str = ""
    note: str = field(default="", repr=False)
