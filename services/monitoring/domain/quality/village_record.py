"""A village's own record (domain 8.7): what the village rules look at."""

from dataclasses import dataclass, fields
from datetime import date

from services.monitoring.domain.quality.view import VillageView

NOT_ENTERED = frozenset({"area_code", "land_of_households"})
VILLAGE_FIELDS = tuple(one.name for one in fields(VillageView) if one.name not in NOT_ENTERED)
"""The fields a village fills in, in the order of the form."""


@dataclass(frozen=True, slots=True)
class VillageRecord:
    """One year's record as it was entered last."""

    view: VillageView
    year: int
    recorded_on: date
    recorded_by: str = ""
    version: int = 1
