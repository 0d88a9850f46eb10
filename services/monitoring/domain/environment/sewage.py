"""Sewage facilities, and the checks of sites: does it run, is it in order (plan item 27)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, NotFoundError


class SewageFacilityNotFoundError(NotFoundError):
    code = "sewage_facility_not_found"
    zh = "没有找到这处污水治理设施"
    en = "There is no such sewage facility"


class FacilityNumberTakenError(ConflictError):
    code = "facility_number_taken"
    zh = "设施编号 {facility_no} 已登记"
    en = "A facility with the number {facility_no} is on record"


class CheckNoteMissingError(ConflictError):
    """Raised when a check finds something wrong and does not say what."""

    code = "check_note_missing"
    zh = "检查发现异常时请写明情况"
    en = "Say what is wrong"


@dataclass(kw_only=True)
class SewageFacility(Aggregate):
    """One facility; *households* is how many it serves."""

    id: str
    facility_no: str
    name: str
    area_code: str
    kind: str
    households: int = 0
    in_use: bool = True
    recorded_on: date


@dataclass(frozen=True, slots=True)
class FacilityChecked:
    """A sewage facility was checked."""

    check: "SiteCheck"


@dataclass(kw_only=True)
class SiteCheck(Aggregate):
    """One check of a sewage facility or a public toilet; *fine*: it runs, or is in order."""

    id: str
    site_id: str
    site_kind: str
    area_code: str
    checked_on: date
    fine: bool
    checked_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def make(cls, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return the check; refuses one that finds something wrong and does not say what."""
        check = cls(**told)
        if not check.fine and not check.note:
            raise CheckNoteMissingError
        if check.site_kind == "sewage":
            check.raise_fact(FacilityChecked(check))
        return check
