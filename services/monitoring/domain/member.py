"""One person of a household: what is recorded, and what contradicts itself. Doubts: ``domain/quality``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.errors import (
    HealthError,
    IdNumberContradictsError,
    InvalidIdNumberError,
    InvalidPhoneError,
    RelationSexError,
)
from services.monitoring.domain.particulars import DISABILITY_CARD, HEALTHY, IDENTITY_CARD, Particulars

HEAD = "001"
SPOUSE = "002"
CHRONIC = "002"
SERIOUSLY_ILL = "003"
DISABLED = "004"
NO_LABOUR = "004"
_PHONE_DIGITS = 11
_ID_LENGTH = 18
_CARD_LENGTHS = (20, 22)
_LAST_KIND, _LAST_GRADE = "7", "4"


@dataclass(frozen=True, slots=True)
class MemberChecks:
    """What checking a member needs from outside: the relation table, the check of an ID number (GB 11643)."""

    relation_sex: Callable[[str], str | None]
    id_number_valid: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Particulars):
    """A person of a household: everything of :class:`Particulars`, since when, and why not any more."""

    id: str
    person_no: str
    joined_on: date
    joined_reason: str = ""
    left_on: date | None = None
    left_reason: str = ""

    @property
    def present(self) -> bool:
        """Whether the person still belongs to the household."""
        return self.left_on is None

    @property
    def masked_id_number(self) -> str:
        return masked(self.id_number)


def masked(number: str) -> str:
    """Return *number* with only its first three and last two characters."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}" if len(number) > 5 else "*" * len(number)  # noqa: PLR2004


def check_member(member: Member, checks: MemberChecks) -> None:
    """Refuse what cannot be true of *member*: a contradiction with itself or with the ID number."""
    only = checks.relation_sex(member.relation)
    if only is not None and only != member.sex:
        raise RelationSexError(relation=member.relation)
    if not member.health or (HEALTHY in member.health and len(member.health) > 1):
        raise HealthError
    if member.phone and not (member.phone.isdigit() and len(member.phone) == _PHONE_DIGITS):
        raise InvalidPhoneError
    _check_document(member, checks)


def _check_document(member: Member, checks: MemberChecks) -> None:
    if not member.id_number:
        return  # A newborn has none yet: rule A-5 finds it (domain/quality).
    if member.document == IDENTITY_CARD:
        _check_id_number(member, member.id_number, checks)
    elif member.document == DISABILITY_CARD:
        if len(member.id_number) not in _CARD_LENGTHS:
            raise InvalidIdNumberError
        _check_id_number(member, member.id_number[:_ID_LENGTH], checks)
        on_card = (member.id_number[_ID_LENGTH], member.id_number[_ID_LENGTH + 1])
        if not ("1" <= on_card[0] <= _LAST_KIND and "1" <= on_card[1] <= _LAST_GRADE):
            raise InvalidIdNumberError
        if on_card != (member.disability_kind, member.disability_grade):
            raise IdNumberContradictsError(field_zh="残疾类别或等级", field_en="kind or grade of disability")


def _check_id_number(member: Member, number: str, checks: MemberChecks) -> None:
    if not checks.id_number_valid(number):
        raise InvalidIdNumberError
    if number[6:14] != member.born_on.strftime("%Y%m%d"):
        raise IdNumberContradictsError(field_zh="出生日期", field_en="date of birth")
    if (int(number[16]) % 2 == 1) != (member.sex == "1"):
        raise IdNumberContradictsError(field_zh="性别", field_en="sex")
