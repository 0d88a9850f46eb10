"""Who is signed in: a signed cookie for people, HTTP Basic under ``/api`` for programs."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any, Literal

from itsdangerous import BadSignature, URLSafeSerializer

from shared.accounts import Account, Accounts, Role, Source, UnknownAccountError
from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import Problem, Refusal
from shared.web.officer import Officer
from shared.web.rate import Limits

COOKIE = "shouxian_session"
SESSION_LASTS = timedelta(hours=8)
"""A working day; then one signs in again, whether busy or not."""
BASIC_REMEMBERED = timedelta(minutes=1)
_MOST_REMEMBERED = 1000
_LOCKS = 64

Way = Literal["local", "provider"]
"""How somebody signed in: with a password of ours, or at the county's identity provider."""


class LocalSignInOffError(Refusal):
    """Raised for a right password of a role that signs in at the identity provider alone."""

    code = "local_sign_in_off"
    zh = "您的岗位请通过统一身份认证登录"
    en = "Your role signs in with the county's single sign-on"


class NotSignedInError(Problem):
    """Raised when a route needs an officer and there is none."""

    code = "not_signed_in"
    zh = "请先登录"
    en = "Sign in first"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer, and the session their forms are bound to (None for HTTP Basic)."""

    officer: Officer
    session_id: str | None
    way: Way = "local"


class Sessions:
    """Opens and reads sessions.

    Nothing of the account is trusted to the cookie but its id: role, area,
    language and whether it was disabled are read afresh for each request, and
    a changed password ends every session. *clock* is the machine's. Whose role is
    in *provider_only* does not come in with a password.
    """

    def __init__(
        self,
        accounts: Accounts,
        secret: str,
        *,
        clock: Clock = system_clock,
        lasts: timedelta = SESSION_LASTS,
        provider_only: frozenset[Role] = frozenset(),
    ) -> None:
        if len(secret) < 32:  # noqa: PLR2004
            raise ValueError("the session secret has at least 32 characters")
        self.accounts = accounts
        self.secret = secret
        if "operator" in provider_only:
            raise ValueError("operators keep their passwords: they are who mends a broken single sign-on")
        self.lasts = lasts
        self._provider_only = provider_only
        self._clock = clock
        self._signed = URLSafeSerializer(secret, salt="shouxian.session")
        self._basic: dict[bytes, tuple[str, str, float]] = {}
        self._verifying = tuple(Lock() for _ in range(_LOCKS))

    def ensure_local(self, account: Account) -> None:
        """Raise LocalSignInOffError for a role that does not come in with a password."""
        if account.role in self._provider_only:
            raise LocalSignInOffError

    def open(self, account: Account, way: Way = "local") -> str:
        """Return the cookie of a new session."""
        ends = (self._clock() + self.lasts).timestamp()
        return self._signed.dumps(
            {
                "a": account.id,
                "s": secrets.token_urlsafe(12),
                "p": self._stamp(account, way),
                "e": int(ends),
                "w": way,
            }
        )

    def of_cookie(self, cookie: str | None) -> SignedIn | None:
        """Return who the cookie stands for; None when forged, expired, ended or disabled."""
        ticket = self._ticket(cookie)
        if ticket is None or self.accounts.has_ended(ticket["s"]):
            return None
        way: Way = ticket.get("w", "local")
        account = self._open_account(ticket["a"], ticket["p"], way)
        if account is None or (way == "local" and account.role in self._provider_only):
            return None
        return SignedIn(Officer.of(account), ticket["s"], way)

    def end(self, cookie: str | None) -> None:
        """End the session of *cookie* in every process: a copy of it opens nothing more."""
        ticket = self._ticket(cookie)
        if ticket is not None:
            self.accounts.end_session(ticket["s"], ticket["e"])

    def _ticket(self, cookie: str | None) -> dict[str, Any] | None:
        """Return what the cookie says; None when it is forged or expired."""
        if not cookie:
            return None
        try:
            ticket: dict[str, Any] = self._signed.loads(cookie)
        except BadSignature:
            return None
        return ticket if ticket["e"] > self._clock().timestamp() else None

    def of_basic(self, header: str, source: Source, limits: Limits) -> SignedIn | None:
        """Return who an ``Authorization: Basic`` header stands for; None when it is not one.

        Raises SignInRefusedError, SignInLockedError, LocalSignInOffError and
        TooManyRequestsError. A password that was right is remembered for a minute, by digest
        only, so that a program's every request does not cost an argon2.
        """
        named = _named(header)
        if named is None:
            return None
        login, password = named
        digest = hmac.new(self.secret.encode(), f"{login}\0{password}".encode(), hashlib.sha256).digest()
        account = self._remembered(digest)
        if account is None:
            # Each attempt counts until it turns out right: a program's parallel requests would lock it out.
            with self._verifying[digest[0] % len(self._verifying)]:
                account = self._remembered(digest) or self._verified(login, password, digest, source, limits)
        self.ensure_local(account)
        return SignedIn(Officer.of(account), None)

    def _verified(self, login: str, password: str, digest: bytes, source: Source, limits: Limits) -> Account:
        limits.sign_in.take(source.name)
        account = self.accounts.verify(login, password, source)
        self._remember(digest, account)
        return account

    def _remembered(self, digest: bytes) -> Account | None:
        account_id, stamp, until = self._basic.get(digest, ("", "", 0.0))
        if until <= self._clock().timestamp():
            return None
        return self._open_account(account_id, stamp)

    def _remember(self, digest: bytes, account: Account) -> None:
        if len(self._basic) >= _MOST_REMEMBERED:
            self._basic = {}
        until = (self._clock() + BASIC_REMEMBERED).timestamp()
        self._basic[digest] = (account.id, self._stamp(account), until)

    def _open_account(self, account_id: str, stamp: str, way: Way = "local") -> Account | None:
        try:
            account = self.accounts.get(account_id)
        except UnknownAccountError:
            return None
        return None if account.disabled or self._stamp(account, way) != stamp else account

    def _stamp(self, account: Account, way: Way = "local") -> str:
        """Changes with the password, and of who came by a provider with the link to it; tells of neither."""
        proof = account.password_hash
        if way == "provider":
            proof += f"\0{self.accounts.subject_of(account.id) or ''}"
        return hmac.new(self.secret.encode(), proof.encode(), hashlib.sha256).hexdigest()[:16]


def cookie_name(name: str, *, secure: bool) -> str:
    """Return what the cookie is called: browsers accept this prefix only from the host itself, over https."""
    return f"__Host-{name}" if secure else name


def cookie_settings(*, secure: bool) -> Mapping[str, Any]:
    """Return how each of our cookies is set: unreadable for scripts, not sent by other sites."""
    return {"httponly": True, "samesite": "lax", "secure": secure, "path": "/"}


def _named(header: str) -> tuple[str, str] | None:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, colon, password = (
            base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
        )
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (login, password) if colon else None
