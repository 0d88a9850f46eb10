"""A visit to a household: what finds risks, and the proof of coverage when it finds none (domain 1.4)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.errors import VisitRisksError
from shared.kernel.aggregate import Aggregate

NOT_REACHED = "03"
SCREENING = "screening"
GRID = "grid"
MOST_RISKS = 5
SOURCE_OF_KIND = {"screening": "01", "grid": "01", "helper": "05", "resident_team": "06"}
"""Which source a clue has that a visit of a kind has raised (codes of domain 3.2)."""


@dataclass(frozen=True, slots=True)
class Made:
    """A visit took place."""

    visit: "Visit"


@dataclass(kw_only=True)
class Visit(Aggregate):
    """Somebody went there. *risks* are the codes of what was found, empty when nothing was."""

    id: str
    household_id: str
    area_code: str
    kind: str
    made_on: date
    result: str
    risks: tuple[str, ...]
    made_by: str = ""
    note: str = field(default="", repr=False)
    round_id: str | None = None
    """The screening round whose days this visit, made for screening, falls in."""
    grid_id: str | None = None
    """The grid in which the household lay, for a grid worker's visit."""

    @classmethod
    def make(cls, *, risk_found: bool, **made: object) -> Self:
        """Return the visit; refuses a risk where nobody was reached, or one found and none named."""
        visit = cls(**made)  # type: ignore[arg-type]  # the fields above, from one caller
        least, most = (1, MOST_RISKS) if risk_found else (0, 0)
        if not least <= len(set(visit.risks)) <= most or (risk_found and visit.result == NOT_REACHED):
            raise VisitRisksError
        visit.raise_fact(Made(visit))
        return visit
