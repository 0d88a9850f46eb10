"""A person's basic medical insurance of one year, as the insurance office has it (7.2)."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.guarantee import Guarantee
from shared.kernel.ids import derived_id
from shared.kernel.money import Fen

NONE = "none"


@dataclass(frozen=True, slots=True)
class CoverRecorded:
    """What the insurance office has of a person's year, new or changed."""

    cover: "Cover"
    version: int


@dataclass(kw_only=True)
class Cover(Guarantee):
    """One person's cover of one year; exactly one scheme, or none. *subsidy_fen* is of the premium."""

    person_id: str
    year: int
    scheme: str
    subsidy_fen: Fen
    recorded_on: date

    @property
    def insured(self) -> bool:
        return self.scheme != NONE

    def record(self, scheme: str, subsidy_fen: Fen, *, on: date) -> bool:
        """Take over what the list says; returns whether it is news (the same again tells nobody)."""
        if self.version and (self.scheme, self.subsidy_fen) == (scheme, subsidy_fen):
            return False
        self.scheme, self.subsidy_fen = scheme, subsidy_fen
        self.recorded_on = max(on, self.recorded_on)
        self.raise_fact(CoverRecorded(self, self.version + 1))
        return True


def cover_id_of(person_id: str, year: int) -> str:
    """Return the one entry of this person and year."""
    return derived_id("medical_cover", person_id, str(year))


def subsidy_doubtful(subsidy_fen: Fen, identified_on: date | None, year: int, cutoff_month: int) -> bool:
    """Whether a household identified from *cutoff_month* of *year* on has a premium subsidy of that year.

    The day is one of running county systems and unconfirmed here: it marks, and refuses nobody.
    """
    return subsidy_fen > 0 and identified_on is not None and identified_on >= date(year, cutoff_month, 1)
