"""What the county itself finds: an error in a sample (抽样检, domain 5.4), or a household that relapsed."""

from dataclasses import dataclass, field
from datetime import date

from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class Checked:
    """A household of a sample was looked at again."""

    check: "SampleCheck"


@dataclass(frozen=True, slots=True)
class Relapsed:
    """A household was found in poverty."""

    relapse: "Relapse"


@dataclass(kw_only=True)
class SampleCheck(Aggregate):
    """*finding* is a code of the list ``sample_finding``, or empty when all was right."""

    id: str
    household_id: str
    area_code: str
    finding: str
    checked_on: date
    checked_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def record(cls, **checked: object) -> "SampleCheck":
        check = cls(**checked)  # type: ignore[arg-type]  # the fields above, from one caller
        check.raise_fact(Checked(check))
        return check


@dataclass(kw_only=True)
class Relapse(Aggregate):
    """A household that fell back into, or into, poverty; *cause* is a risk code (domain 4.1)."""

    id: str
    household_id: str
    area_code: str
    cause: str
    found_on: date
    found_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def record(cls, **found: object) -> "Relapse":
        relapse = cls(**found)  # type: ignore[arg-type]  # the fields above, from one caller
        relapse.raise_fact(Relapsed(relapse))
        return relapse
