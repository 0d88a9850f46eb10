"""The monthly inspection of a village's cleanliness: points by an editable, unconfirmed check-list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from services.monitoring.domain.environment.policy import CleaningItem
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, InvalidInputError
from shared.kernel.period import Month

FULL = Decimal(100)


class UnknownCleaningItemError(InvalidInputError):
    code = "unknown_cleaning_item"
    zh = "检查清单没有这一项：{item}"
    en = "The check-list has no item {item}"


class VillageInspectedError(ConflictError):
    """Raised when a village is inspected a second time in a month."""

    code = "village_inspected"
    zh = "该村本月已经考评"
    en = "The village was inspected this month"


@dataclass(frozen=True, slots=True)
class VillageScored:
    """A village was inspected."""

    inspection: "CleaningInspection"


@dataclass(kw_only=True)
class CleaningInspection(Aggregate):
    """One village in one month; *failed* are the items that were not in order."""

    id: str
    area_code: str
    month: str
    inspected_on: date
    failed: tuple[str, ...]
    score: Decimal
    inspected_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def make(
        cls,
        *,
        items: Sequence[CleaningItem],
        failed: Collection[str],
        inspected_on: date,
        **told: Any,  # noqa: ANN401  (the fields above)
    ) -> Self:
        """Return the inspection with its points: 100 less those of each item that was not in order."""
        points = {item.key: item.points for item in items}
        unknown = sorted(set(failed) - set(points))
        if unknown:
            raise UnknownCleaningItemError(item=unknown[0][:16])
        lost = sum(points[key] for key in set(failed))
        inspection = cls(
            **told,
            month=str(Month.of(inspected_on)),
            inspected_on=inspected_on,
            failed=tuple(sorted(set(failed))),
            score=FULL - lost,
        )
        inspection.raise_fact(VillageScored(inspection))
        return inspection
