"""Who is responsible for helping a household, since when, and who was before."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleHelper:
    """A 帮扶责任人 of a household (domain 1.5). *name* and *phone* are personal and stay in this database.

    *helper_no* is the number the county's events know the helper by; *unit* is
    who sent the helper.
    """

    id: str
    helper_no: str
    name: str = field(default="", repr=False)
    sex: str | None = None
    political: str | None = None
    unit: str = ""
    phone: str = field(default="", repr=False)
    since: date
    until: date | None = None

    @property
    def in_charge(self) -> bool:
        """Whether the helper answers for the household now."""
        return self.until is None
