"""Labourers: what employment knows of the members of households, as monitoring last told it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.kernel.period import age_on


class LabourSkill(StrEnum):
    """Code list 100A14 of the national record."""

    ORDINARY = "001"
    SKILLED = "002"
    LOST = "003"
    NONE = "004"
    WEAK = "005"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household snapshot; by number, no name."""

    person_id: str
    person_no: str
    relation: str
    sex: str
    born_on: date
    labour_skill: str
    school_status: str | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdSnapshot:
    """A household as it stood at *version*; of two, the higher version is the truth."""

    household_id: str
    household_no: str
    version: int
    area_code: str
    household_type: str
    lifted_out: bool
    relocated: bool
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Labourer:
    """A person, with what their household's record says of it."""

    member: Member
    household_id: str
    household_no: str
    area_code: str
    household_type: str
    lifted_out: bool
    relocated: bool

    @property
    def person_id(self) -> str:
        return self.member.person_id

    @property
    def can_work(self) -> bool:
        """Whether the record gives the person any labour: codes 003 and 004 do not."""
        return self.member.labour_skill not in {LabourSkill.LOST, LabourSkill.NONE}

    @property
    def in_school(self) -> bool:
        """Whether any in-school status is on record (code list 100A12); blank is not in school."""
        return bool(self.member.school_status)

    def age_on(self, day: date) -> int:
        return age_on(self.member.born_on, day)
