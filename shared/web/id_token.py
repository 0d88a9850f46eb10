"""An ID token, checked: signed by the provider, for us, now, and in answer to this very question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from authlib.common.errors import AuthlibBaseError
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures made with a key that only the provider has: never ``none``, nor HMAC with what is public."""
LEEWAY_SECONDS = 60


class TokenRefusedError(ValueError):
    """Raised with a short code of what is wrong; nothing of the token itself."""


class Keys(Protocol):
    def __call__(self, *, afresh: bool) -> Mapping[str, Any]:
        """Return the provider's key set, from memory or *afresh*."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say."""

    issuer: str
    audience: str
    nonce: str


def claims_of(answer: Mapping[str, Any], keys: Keys, expected: Expected, now: int) -> Mapping[str, Any]:
    """Return the claims of the ID token in *answer*, of the token endpoint.

    When no key known fits, the keys are asked for once more: the provider may have
    changed them. Raises TokenRefusedError.
    """
    text = answer.get("id_token")
    if not isinstance(text, str):
        raise TokenRefusedError("no_token")
    try:
        token = _verified(text, keys(afresh=False))
    except TokenRefusedError:
        token = _verified(text, keys(afresh=True))
    options = {"iss": {"essential": True, "value": expected.issuer}, "aud": {"essential": True}}
    params = {
        "nonce": expected.nonce,
        "client_id": expected.audience,
        "access_token": answer.get("access_token"),
    }
    claims = CodeIDToken(token.claims, token.header, options, params)
    try:
        claims.validate(now=now, leeway=LEEWAY_SECONDS)
    except (JoseError, AuthlibBaseError, TypeError, ValueError, KeyError) as error:
        raise TokenRefusedError(str(getattr(error, "error", type(error).__name__))) from None
    _ensure_ours(claims, expected, now)
    return cast("Mapping[str, Any]", claims)


def _verified(text: str, keys: Mapping[str, Any]) -> jwt.Token:
    usable = [key for key in keys.get("keys", ()) if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    try:
        known = KeySet.import_key_set(cast("Any", {"keys": usable}))
        return jwt.decode(text, known, algorithms=ALGORITHMS)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise TokenRefusedError(f"signature_{type(error).__name__}") from None


def _ensure_ours(claims: Mapping[str, Any], expected: Expected, now: int) -> None:
    """What the library leaves to its caller: an audience of several, and a token from the future."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if expected.audience not in audience:
        raise TokenRefusedError("other_audience")
    if not isinstance(claims["sub"], str) or not isinstance(claims["iat"], int | float):
        raise TokenRefusedError("wrong_type")
    if claims["iat"] > now + LEEWAY_SECONDS:
        raise TokenRefusedError("from_the_future")
