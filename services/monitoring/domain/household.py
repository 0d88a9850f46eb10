"""A household and its members: who belongs to it, since when, and what it counts as."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from services.monitoring.domain.errors import (
    HouseholdTypeMismatchError,
    InvalidDayError,
    InvalidMonthError,
    InvalidPhoneError,
    MemberNotFoundError,
    NoHelperError,
    NotOneHeadError,
    SpouseSexError,
    TwoSpousesError,
)
from services.monitoring.domain.living import LIVING_FIELDS, UNKNOWN, LivingConditions
from services.monitoring.domain.member import (
    HEAD,
    SPOUSE,
    Member,
    MemberChecks,
    check_member,
)
from services.monitoring.domain.particulars import HEALTHY
from services.monitoring.domain.responsible import ResponsibleHelper
from shared.kernel.aggregate import Aggregate

ORDINARY = "100A03A01"
NOT_ENTITLED = "100A03A02"
LIFTED_OUT = "100A03A03"
UNSTABLE = "100A03001"
MARGINAL = "100A03002"
SUDDEN = "100A03003"
MONITORED = frozenset({UNSTABLE, MARGINAL, SUDDEN})
"""What only the county's decision on a case makes of a household."""
_ONLY_LIFTED_OUT = frozenset({NOT_ENTITLED, LIFTED_OUT, UNSTABLE})
_NEVER_LIFTED_OUT = frozenset({ORDINARY, MARGINAL})
_LIVING = frozenset(LIVING_FIELDS)
_PHONE_DIGITS = 11
_MONTH_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Recorded:
    """The household as it stands after a change. *version* is the one it is saved as."""

    household_id: str
    household_no: str
    area_code: str
    version: int
    household_type: str
    lifted_out: bool
    relocated: bool
    members: tuple[Member, ...]
    on: date
    complete: bool = False


@dataclass(kw_only=True)
class Household(Aggregate):
    """The unit that is monitored (domain 1.1, 8.1). Months are ``YYYYMM``; None: nobody has said.

    Address, telephones, bank account and the names of collector and contact are
    personal. The monitored class and its dates come from the household's case.
    """

    id: str
    household_no: str
    area_code: str
    household_type: str = ORDINARY
    lifted_out: bool = False
    lifted_out_year: int | None = None
    relocated: bool = False
    natural_village: str = ""
    village_group: str = ""
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    bank: str = ""
    bank_account: str = field(default="", repr=False)
    identification_standard: str | None = None
    first_identified: str | None = None
    poverty_cause: str | None = None
    last_resort: bool | None = None
    """Whether nobody of the household can work and the state supports it whole (整户无劳动能力兜底保障户)."""
    development_help: str | None = None
    veteran_family: bool | None = None
    in_resettlement_site: bool | None = None
    resettlement_site_id: str | None = None
    resettlement_address: str = field(default="", repr=False)
    grid_id: str | None = None
    collector_name: str = field(default="", repr=False)
    collector_phone: str = field(default="", repr=False)
    contact_name: str = field(default="", repr=False)
    contact_phone: str = field(default="", repr=False)
    signed_by_head: bool | None = None
    filled_on: date | None = None
    living: LivingConditions = UNKNOWN
    helpers: tuple[ResponsibleHelper, ...] = ()
    registered_on: date
    recorded_on: date = date.min
    """The latest day anything was recorded for: what the county is told is never of a day before that."""
    members: tuple[Member, ...] = ()

    @classmethod
    def register(
        cls,
        *,
        checks: MemberChecks,
        given: Mapping[str, Any] = MappingProxyType({}),
        **recorded: Any,  # noqa: ANN401  (the fields above)
    ) -> Self:
        """Return a new household; refuses what cannot be true of it or its members.

        *given* is what else is known of it and how it lives, by field name.
        """
        lives = {name: value for name, value in given.items() if name in _LIVING}
        own = {name: value for name, value in given.items() if name not in _LIVING}
        if lives:
            own["living"] = LivingConditions(**lives)
        household = cls(**recorded, **own)
        for member in household.members:
            check_member(member, checks)
        household._check()
        household._recorded(household.registered_on)
        return household

    @property
    def present(self) -> tuple[Member, ...]:
        """The members who still belong to the household."""
        return tuple(member for member in self.members if member.present)

    @property
    def head(self) -> Member | None:
        """The head; None once everybody has left."""
        return next((member for member in self.present if member.relation == HEAD), None)

    @property
    def complete(self) -> bool:
        """Whether what the plan's item 5 asks of everybody is on record: the form of 2022 (domain 8.7)."""
        return bool(self.present) and self.living.complete

    @property
    def helper(self) -> ResponsibleHelper | None:
        """Who answers for the household now; None when nobody does."""
        return next((one for one in self.helpers if one.in_charge), None)

    def member(self, person_id: str) -> Member:
        """Return a member who has not left; raises MemberNotFoundError."""
        for member in self.present:
            if member.id == person_id:
                return member
        raise MemberNotFoundError

    def add_member(self, member: Member, checks: MemberChecks) -> None:
        """Take *member* in, for its ``joined_reason`` and from its ``joined_on`` (domain 8.4)."""
        check_member(member, checks)
        self._become((*self.members, member), member.joined_on)

    def remove_member(
        self, person_id: str, *, reason: str, on: date, relations: Mapping[str, str], checks: MemberChecks
    ) -> None:
        """Note that a person has left; if it is the head, *relations* says what the others are to the new."""
        self.remove_members([person_id], reason=reason, on=on, relations=relations, checks=checks)

    def remove_members(
        self,
        person_ids: Collection[str],
        *,
        reason: str,
        on: date,
        relations: Mapping[str, str],
        checks: MemberChecks,
    ) -> None:
        """Note that several have left together, as :meth:`remove_member` does of one."""
        gone = {}
        for person_id in person_ids:
            leaving = self.member(person_id)
            if on < leaving.joined_on:
                raise InvalidDayError(day=on.isoformat())
            gone[person_id] = replace(leaving, left_on=on, left_reason=reason)
        members = tuple(gone.get(member.id, member) for member in self.members)
        self._become(_related(members, relations, checks), on)

    def correct_member(
        self, person_id: str, changes: Mapping[str, Any], *, on: date, checks: MemberChecks
    ) -> None:
        """Put right what was recorded of a member, by field name; not its id, nor when it came or left."""
        changed = replace(self.member(person_id), **changes)
        check_member(changed, checks)
        self._become(tuple(changed if m.id == person_id else m for m in self.members), on)

    def correct(self, changes: Mapping[str, Any], *, on: date) -> None:
        """Put right what was recorded of the household and how it lives, by field name."""
        lives = {name: value for name, value in changes.items() if name in _LIVING}
        own = {name: value for name, value in changes.items() if name not in _LIVING}
        if lives:
            own["living"] = replace(self.living, **lives)
        if own.get("area_code", self.area_code) != self.area_code:
            # A grid has households of its own village.
            own.setdefault("grid_id", None)
        before = {name: getattr(self, name) for name in own}
        vars(self).update(own)
        try:
            self._become(self.members, on)
        except BaseException:
            vars(self).update(before)
            raise

    def change_head(self, relations: Mapping[str, str], *, on: date, checks: MemberChecks) -> None:
        """Make somebody else the head; *relations* says, by person, what each is to the new head."""
        self._become(_related(self.members, relations, checks), on)

    def assign_helper(self, helper: ResponsibleHelper, *, on: date) -> None:
        """Let *helper* answer for the household from its ``since``; whoever did before, did until then."""
        before = self.helper
        if before is not None and helper.since < before.since:
            raise InvalidDayError(day=helper.since.isoformat())
        self.helpers = (*_ended(self.helpers, helper.since), helper)
        self._recorded(on)

    def release_helper(self, *, on: date) -> None:
        """Note that nobody answers for the household after *on*; raises NoHelperError."""
        if self.helper is None:
            raise NoHelperError
        if on < self.helper.since:
            raise InvalidDayError(day=on.isoformat())
        self.helpers = _ended(self.helpers, on)
        self._recorded(on)

    def classify(self, household_type: str, *, on: date) -> None:
        """Count the household as *household_type*: the county's decision on its case (domain 1.1)."""
        if household_type != self.household_type:
            self.correct({"household_type": household_type}, on=on)

    def note_health(self, person_id: str, health: str, *, on: date) -> None:
        """Add a lasting illness or a disability to what is recorded of a member."""
        member = self.member(person_id)
        if health in member.health:
            return
        noted = tuple(sorted({*member.health, health} - {HEALTHY}))
        changed = replace(member, health=noted)
        self._become(tuple(changed if m.id == person_id else m for m in self.members), on)

    def _become(self, members: Sequence[Member], on: date) -> None:
        before = self.members
        self.members = tuple(members)
        try:
            self._check()
        except BaseException:
            self.members = before
            raise
        self._recorded(on)

    def _check(self) -> None:
        for phone in (self.phone, self.collector_phone, self.contact_phone):
            if phone and not (phone.isdigit() and len(phone) == _PHONE_DIGITS):
                raise InvalidPhoneError
        if self.first_identified is not None and not month_text(self.first_identified):
            raise InvalidMonthError(field_zh="首次识别时间", field_en="month of first identification")
        self.living.check()
        wrong = _NEVER_LIFTED_OUT if self.lifted_out else _ONLY_LIFTED_OUT
        if self.household_type in wrong:
            raise HouseholdTypeMismatchError(household_type=self.household_type)
        _check_family(self.present)

    def _recorded(self, on: date) -> None:
        self.recorded_on = max(on, self.recorded_on)
        self.facts = [fact for fact in self.facts if not isinstance(fact, Recorded)]
        self.raise_fact(
            Recorded(
                household_id=self.id,
                household_no=self.household_no,
                area_code=self.area_code,
                version=self.version + 1,
                household_type=self.household_type,
                lifted_out=self.lifted_out,
                relocated=self.relocated,
                complete=self.complete,
                members=self.members,
                on=self.recorded_on,
            )
        )


def _ended(helpers: Sequence[ResponsibleHelper], on: date) -> tuple[ResponsibleHelper, ...]:
    return tuple(replace(one, until=on) if one.in_charge else one for one in helpers)


def month_text(text: str) -> bool:
    """Say whether *text* is a month written as ``YYYYMM``."""
    return len(text) == _MONTH_DIGITS and text.isdecimal() and "01" <= text[4:] <= "12"


def _related(
    members: tuple[Member, ...], relations: Mapping[str, str], checks: MemberChecks
) -> tuple[Member, ...]:
    related = []
    for member in members:
        changed = (
            replace(member, relation=relations.get(member.id, member.relation)) if member.present else member
        )
        if member.present:
            check_member(changed, checks)
        related.append(changed)
    return tuple(related)


def _check_family(present: tuple[Member, ...]) -> None:
    if not present:
        return  # Everybody has left: the household stays on record, empty.
    heads = [member for member in present if member.relation == HEAD]
    if len(heads) != 1:
        raise NotOneHeadError(heads=len(heads))
    spouses = [member for member in present if member.relation == SPOUSE]
    if len(spouses) > 1:
        raise TwoSpousesError
    if spouses and spouses[0].sex == heads[0].sex:
        raise SpouseSexError
