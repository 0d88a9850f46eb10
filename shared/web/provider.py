"""The county's identity provider (OpenID Connect): where people are sent, and who comes back."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from shared.accounts import Subject
from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import InvalidInputError, Problem, Refusal
from shared.web.i18n import Words
from shared.web.id_token import Expected, TokenRefusedError, claims_of

TIMEOUT_SECONDS = 5.0
REMEMBERED_SECONDS = 3600.0
"""How long the provider's description and keys are believed; an unknown key is asked for at once."""
AWAY_SECONDS = 5.0
"""How long after a failure nobody is made to wait for the next one."""
BUTTON = Words("统一身份认证登录", "Single sign-on")
_AT_ONCE = 4
"""Requests to the provider at a time: one that hangs may not hold every thread of the site."""
_log = structlog.get_logger("shouxian.web")


class ProviderAwayError(Problem):
    """Stands for a provider that does not answer, or not as the standard says."""

    code = "provider_away"
    zh = "统一身份认证暂时无法使用，请稍后再试，或用本系统的用户名和密码登录"
    en = "Single sign-on cannot be reached at the moment; try again later, or use a password of this system"


class ProviderRefusedError(Refusal):
    """Raised when what came back from the provider does not prove who it is; never says why to a caller."""

    code = "provider_refused"
    zh = "统一身份认证没有通过，请重新登录"
    en = "Single sign-on did not succeed; sign in again"


class ProviderNotUsableError(InvalidInputError):
    """Raised at the start for settings that would let anybody listen, or nobody in."""

    code = "provider_not_usable"
    zh = "统一身份认证的设置不可用：{what}"
    en = "The settings of single sign-on cannot be used: {what}"


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What is agreed with the provider.

    *claim* is the claim of the ID token that is an account's login; without one
    only linked subjects come in. Name none that people can set themselves.
    """

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid profile"
    claim: str = ""
    words: Words = BUTTON

    def __post_init__(self) -> None:
        """Refuse an issuer that anybody on the way could speak for."""
        parts = urlsplit(self.issuer)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise ProviderNotUsableError(what="issuer: https")
        if parts.query or parts.fragment or not self.client_id:
            raise ProviderNotUsableError(what="issuer, client_id")
        if "openid" not in self.scopes.split():
            raise ProviderNotUsableError(what="scopes: openid")


@dataclass(frozen=True, slots=True)
class Sending:
    """One person's way to the provider and back: secrets that only this browser's cookie leads to."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back. *login* is what the agreed claim says, None when there is no such claim."""

    subject: Subject
    login: str | None


class Provider:
    """Asks the provider; keeps its description and keys in this process. Waits inside no lock."""

    def __init__(
        self,
        settings: ProviderSettings,
        *,
        clock: Clock = system_clock,
        client: httpx.Client | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._clock = clock
        self._client = client or httpx.Client(timeout=TIMEOUT_SECONDS)
        self._ticks = ticks
        self._slots = BoundedSemaphore(_AT_ONCE)
        self._known: dict[str, tuple[Mapping[str, Any], float]] = {}
        self._away_until = float("-inf")

    def address(self, sending: Sending) -> str:
        """Return where the browser goes to sign in; raises ProviderAwayError."""
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": sending.redirect_uri,
            "scope": self.settings.scopes,
            "state": sending.state,
            "nonce": sending.nonce,
            "code_challenge": create_s256_code_challenge(sending.verifier),
            "code_challenge_method": "S256",
        }
        return _with_query(self._place("authorization_endpoint"), asked)

    def identity(self, sending: Sending, code: str, issuer: str | None) -> Identity:
        """Return who the *code* stands for; *issuer* is what the answer says it comes from.

        Raises ProviderAwayError and ProviderRefusedError.
        """
        announced = self._metadata().get("authorization_response_iss_parameter_supported") is True
        if (issuer is not None or announced) and issuer != self.settings.issuer:
            raise self._refused("other_issuer")
        token = self._token(sending, code)
        expected = Expected(self.settings.issuer, self.settings.client_id, sending.nonce)
        now = int(self._clock().timestamp())
        try:
            claims = claims_of(token, self._keys, expected, now)
            subject = Subject(self.settings.issuer, str(claims["sub"]))
        except (TokenRefusedError, InvalidInputError) as error:
            raise self._refused(str(error)) from None
        login = claims.get(self.settings.claim) if self.settings.claim else None
        return Identity(subject, login.strip().lower() if isinstance(login, str) else None)

    def leaving(self, back: str) -> str | None:
        """Return where the browser ends the provider's session too; None if there is no such place."""
        try:
            place = self._place("end_session_endpoint")
        except ProviderAwayError:
            return None
        return _with_query(place, {"client_id": self.settings.client_id, "post_logout_redirect_uri": back})

    def _token(self, sending: Sending, code: str) -> Mapping[str, Any]:
        """Return what the token endpoint gives for *code*."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": sending.redirect_uri,
            "code_verifier": sending.verifier,
        }
        place = self._place("token_endpoint")
        methods = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = httpx.Auth()
        if self.settings.client_secret and "client_secret_basic" in methods:
            names = (self.settings.client_id, self.settings.client_secret)
            auth = httpx.BasicAuth(*(quote(one, safe="") for one in names))
        else:
            secret = self.settings.client_secret
            form |= {"client_id": self.settings.client_id} | ({"client_secret": secret} if secret else {})
        with self._asking():
            answer = self._client.post(place, data=form, auth=auth)
        if answer.is_client_error:
            raise self._refused("token_endpoint")
        return self._document(answer)

    def _keys(self, *, afresh: bool) -> Mapping[str, Any]:
        return self._remembered("keys", lambda: self._place("jwks_uri"), afresh=afresh)

    def _metadata(self) -> Mapping[str, Any]:
        place = self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._remembered("metadata", lambda: place)
        if found.get("issuer") != self.settings.issuer:
            self._known.pop("metadata", None)
            raise self._refused("issuer_of_description")
        return found

    def _place(self, name: str) -> str:
        place = self._metadata().get(name)
        if not isinstance(place, str) or urlsplit(place).scheme not in {"https", self._scheme}:
            raise ProviderAwayError
        return place

    @property
    def _scheme(self) -> str:
        return urlsplit(self.settings.issuer).scheme

    def _remembered(self, name: str, place: Callable[[], str], *, afresh: bool = False) -> Mapping[str, Any]:
        found, until = self._known.get(name, ({}, 0.0))
        if found and until > self._ticks() and not afresh:
            return found
        where = place()
        with self._asking():
            answer = self._client.get(where, headers={"Accept": "application/json"})
        document = self._document(answer)
        self._known[name] = (document, self._ticks() + REMEMBERED_SECONDS)
        return document

    def _document(self, answer: httpx.Response) -> Mapping[str, Any]:
        try:
            document = json.loads(answer.content)
        except ValueError:
            document = None
        if answer.status_code != HTTPStatus.OK or not isinstance(document, dict):
            raise self._gone("answer")
        return document

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Give a turn to ask the provider; nobody waits for one, nor for a provider that just failed."""
        if self._away_until > self._ticks() or not self._slots.acquire(blocking=False):
            raise ProviderAwayError
        try:
            yield
        except httpx.HTTPError as error:
            raise self._gone(type(error).__name__) from None
        finally:
            self._slots.release()

    def _gone(self, kind: str) -> ProviderAwayError:
        self._away_until = self._ticks() + AWAY_SECONDS
        _log.warning("identity_provider_away", kind=kind)
        return ProviderAwayError()

    @staticmethod
    def _refused(reason: str) -> ProviderRefusedError:
        """The reason is for operators; whoever is attacking learns nothing from it."""
        _log.warning("identity_refused", reason=reason)
        return ProviderRefusedError()


def _with_query(place: str, asked: Mapping[str, str]) -> str:
    return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"
