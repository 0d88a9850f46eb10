"""A working method as a check-list the county edits: it records work and blocks none (domain 1.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.screening_errors import MethodItemsError, MethodTicksError
from shared.kernel.aggregate import Aggregate

MOST_ITEMS, MOST_LENGTH = 40, 100


@dataclass(frozen=True, slots=True)
class MethodText:
    """What a check-list is called and asks for; *items* are in their order."""

    zh: str
    en: str
    items: tuple[str, ...]
    confirmed: bool
    source: str


def items_in(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the items of a check-list; refuses none, too many, one too long, or one twice."""
    items = tuple(line.strip() for line in lines if line.strip())
    fits = 1 <= len(items) <= MOST_ITEMS and all(len(item) <= MOST_LENGTH for item in items)
    if not fits or len(set(items)) != len(items):
        raise MethodItemsError(most=MOST_ITEMS, length=MOST_LENGTH)
    return items


@dataclass(kw_only=True)
class MethodVersion(Aggregate):
    """One version of a check-list; the highest *number* is in use, earlier ones stay with their records.

    *confirmed* says that the county owns the wording; before that every page shows it as unconfirmed.
    """

    id: str
    method: str
    number: int
    zh: str
    en: str
    items: tuple[str, ...]
    confirmed: bool
    source: str
    since: date
    edited_by: str = ""

    @property
    def text(self) -> MethodText:
        return MethodText(self.zh, self.en, self.items, self.confirmed, self.source)


@dataclass(kw_only=True)
class MethodRecord(Aggregate):
    """A check-list filled in: for a household, or (*household_id* None) for a village."""

    id: str
    method: str
    number: int
    area_code: str
    household_id: str | None
    made_on: date
    ticked: tuple[str, ...]
    made_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def fill_in(cls, items: Sequence[str], ticked: Sequence[str], **made: object) -> Self:
        """Return the record; refuses ticks of another version, and nothing else."""
        if not set(ticked) <= set(items):
            raise MethodTicksError
        kept = tuple(item for item in items if item in set(ticked))
        return cls(ticked=kept, **made)  # type: ignore[arg-type]  # the fields above, from one caller
