"""An account: who signs in, in which role, for which area; and why signing in is refused."""

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from shared.areas import areas, level_of
from shared.kernel.errors import ConflictError, InvalidInputError, Language, NotFoundError, Refusal

Role = Literal["county", "department", "town", "village", "grid", "evaluator", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)

_LEVEL_OF_ROLE = {"town": "town", "village": "village", "grid": "village"}
_LONGEST_SUBJECT = 255
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def is_login(text: str) -> bool:
    """Say whether an account can be called *text*; a database is asked for no other."""
    return _LOGIN.fullmatch(text) is not None


class SignInRefusedError(Refusal):
    """Raised for an unknown login, a wrong password and a disabled account alike."""

    code = "sign_in_refused"
    zh = "用户名或密码不正确"
    en = "The user name or the password is not right"


class SignInLockedError(Refusal):
    """Raised while too many failures keep a login locked, whatever the password."""

    code = "sign_in_locked"
    zh = "连续输错次数过多，请于 {minutes} 分钟后再试"
    en = "Too many failed attempts; try again in {minutes} minutes"


class LoginTakenError(ConflictError):
    code = "login_taken"
    zh = "用户名已被使用"
    en = "This user name is taken"


class UnknownAccountError(NotFoundError):
    code = "unknown_account"
    zh = "没有这个账户"
    en = "There is no such account"


class SubjectTakenError(ConflictError):
    """Raised when somebody of the identity provider is linked to another account already."""

    code = "subject_taken"
    zh = "该身份已关联其他账户"
    en = "This identity is linked to another account"


class BadSubjectError(InvalidInputError):
    code = "bad_subject"
    zh = "身份标识须为 1 至 {most} 个可见的 ASCII 字符"
    en = "A subject is 1 to {most} visible ASCII characters"


class AccountNotCoherentError(InvalidInputError):
    """Raised when login, role, area or language of a new account do not fit."""

    code = "account_not_coherent"
    zh = "账户资料不符合要求：{what}"
    en = "The account does not fit: {what}"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is asked for when an account is opened.

    *unit* is the office in the county's words, e.g. 县人社局. *service* is the
    site whose work a department does, or None for one that only answers.
    *area_code* is 6, 9 or 12 digits; a town's account has its town, a village's and
    a grid worker's their village, everybody else the county. Which households of the
    village a grid worker sees is kept by monitoring, with its grids.
    """

    login: str
    display_name: str
    role: Role
    unit: str
    area_code: str
    service: str | None = None
    language: Language = "zh"

    def __post_init__(self) -> None:
        """Refuse what could sign in as something it is not."""
        if not is_login(self.login):
            raise AccountNotCoherentError(what="login")
        if self.role not in ROLES:
            raise AccountNotCoherentError(what="role")
        if self.language not in get_args(Language):
            raise AccountNotCoherentError(what="language")
        wanted = _LEVEL_OF_ROLE.get(self.role, "county")
        if self.area_code not in areas() or level_of(self.area_code) != wanted:
            raise AccountNotCoherentError(what="area_code")
        if self.role == "department" and not self.unit.strip():
            raise AccountNotCoherentError(what="unit")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who somebody is at an identity provider: *name* means nothing without its *issuer*.

    Raises BadSubjectError for what cannot be kept.
    """

    issuer: str
    name: str

    def __post_init__(self) -> None:
        most = _LONGEST_SUBJECT - len(self.issuer) - 1
        if not self.name or len(self.name) > most or not (self.name.isascii() and self.name.isprintable()):
            raise BadSubjectError(most=most)

    @property
    def kept(self) -> str:
        """Return both as one; no issuer has a ``#``."""
        return f"{self.issuer}#{self.name}"


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account as it is kept."""

    id: str
    login: str
    display_name: str
    role: Role
    unit: str
    service: str | None
    area_code: str
    language: Language
    password_hash: str = field(repr=False)
    disabled: bool = False
