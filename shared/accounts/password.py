"""Passwords: which are refused, how they are hashed (argon2id) and made up."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from shared.kernel.errors import InvalidInputError

SHORTEST = 10
LONGEST = 200
"""A longer one is refused unhashed: hashing is dear, and a caller could send megabytes."""

_COMMON = ("password", "1234567890", "0123456789", "qwertyuiop", "administrator", "shouxian")
_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"


class PasswordTooWeakError(InvalidInputError):
    """Raised for a password that is empty, short, the login itself, or among the first anybody tries."""

    code = "password_too_weak"
    zh = "密码至少 {shortest} 位，不能与用户名相同，也不能是常见密码"
    en = "A password has at least {shortest} characters, is not the user name, and is not a common one"


class Passwords:
    """Hashes and checks passwords; tests lower the cost, production keeps argon2's default."""

    def __init__(self, time_cost: int = 3, memory_kib: int = 65536) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str, login: str) -> str:
        """Return the hash to keep; raises PasswordTooWeakError."""
        refuse_weak(password, login)
        return self._hasher.hash(_same(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Say whether *password* is the one kept; takes as long when there is no account."""
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(kept or self._nobody, _same(password))
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Say whether *kept* was hashed at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


def refuse_weak(password: str, login: str) -> None:
    """Raise PasswordTooWeakError for a password anybody would try first."""
    lower = password.casefold()
    weak = (
        not SHORTEST <= len(password) <= LONGEST
        or len(set(password)) < 4  # noqa: PLR2004  (aaaaaaaaaa, 1212121212)
        or lower.strip() == login.casefold()
        or any(lower.startswith(common) for common in _COMMON)
    )
    if weak:
        raise PasswordTooWeakError(shortest=SHORTEST)


def made_up() -> str:
    """Return a random password a person can read aloud: about 59 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3))


def _same(password: str) -> str:
    """Keyboards write the same character in several ways; one of them is hashed."""
    return unicodedata.normalize("NFC", password)
