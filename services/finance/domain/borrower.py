"""Borrowers: households as finance knows them, from what monitoring tells."""

from dataclasses import dataclass
from datetime import date

from services.finance.domain.errors import BorrowerNotMemberError
from shared.kernel.period import age_on

LIFTED_OUT = "100A03A03"
_LIFTED_OUT_WITHOUT_POLICY = "100A03A02"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household snapshot; by number, no name."""

    person_id: str
    person_no: str
    relation: str
    sex: str
    born_on: date
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
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Identification:
    """The county identified the household as a monitored one of this class, on that day."""

    case_id: str
    household_id: str
    monitored_class: str
    identified_on: date


@dataclass(frozen=True, slots=True)
class Borrower:
    """A household that may borrow; it borrows as one (以户为单位)."""

    household_id: str
    household_no: str
    area_code: str
    household_type: str
    lifted_out: bool
    members: tuple[Member, ...]
    identifications: tuple[Identification, ...] = ()

    def kinds_on(self, day: date) -> frozenset[str]:
        """Return every type of dictionary 100A03 the household is of on *day*.

        A monitored household that was lifted out of poverty is still a 脱贫户; one
        recorded as outside the policy (100A03A02) is not made one by that.
        """
        kinds = {self.household_type}
        kinds.update(each.monitored_class for each in self.identifications if each.identified_on <= day)
        if self.lifted_out and self.household_type != _LIFTED_OUT_WITHOUT_POLICY:
            kinds.add(LIFTED_OUT)
        return frozenset(kinds)

    def member(self, person_id: str) -> Member:
        """Return the present member who signs; raises BorrowerNotMemberError."""
        for member in self.members:
            if member.person_id == person_id and not member.left:
                return member
        raise BorrowerNotMemberError(person_id=person_id[:64])

    def age_of(self, person_id: str, day: date) -> int:
        return age_on(self.member(person_id).born_on, day)
