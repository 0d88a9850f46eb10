"""Personal data at rest: column types that seal what they keep, and a keyed hash to find it by.

Why and how keys are changed: docs/adr/0012-personal-data-at-rest.md.
"""

import base64
import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, Engine, String, Text, TypeDecorator
from sqlalchemy.engine import make_url

from shared.accounts.secret import session_secret
from shared.kernel.errors import InvalidInputError

KEY_FILE = "personal.key"
_LEAST_KEY = 32
_NONCE, _KEY_ID, _DIGEST = 12, 8, 32
_ATTACHED = "shouxian_vault"


class NoPersonalDataKeyError(InvalidInputError):
    """Raised at the start when personal data would lie readable in a shared database."""

    code = "no_personal_data_key"
    zh = "没有设置 {setting}（至少32个字符）：证件号码、电话、银行账号必须加密保存"
    en = "{setting} is not set, or shorter than 32 characters: numbers of people are kept encrypted"


class UnreadablePersonalDataError(RuntimeError):
    """Raised when a stored value was sealed with a key that is not listed, or was tampered with."""


class Vault:
    """Seals and opens with the keys of one county. The first key seals; all of them open.

    *index_key* makes the hashes; it must stay the same, or nothing is found any more.
    """

    def __init__(self, keys: Sequence[str], index_key: str) -> None:
        ciphers = [(_key_id(key), AESGCM(_derived(key, "seal"))) for key in keys]
        self.key_id, self._cipher = ciphers[0]
        self._ciphers = dict(reversed(ciphers))
        self._index_key = _derived(index_key, "index")
        self.by_person = False
        """Whether values are known to be written with keys of people; once they are, they always are."""

    def seal(self, secret: bytes, purpose: str) -> str:
        """Return *secret* sealed for *purpose*: a value moved to another column does not open there."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, secret, purpose.encode())
        return f"{self.key_id}.{base64.b64encode(sealed).decode('ascii')}"

    def unseal(self, token: str, purpose: str) -> bytes:
        """Return what was sealed; raises UnreadablePersonalDataError, which does not repeat the token."""
        key_id, _, text = token.partition(".")
        try:
            sealed = base64.b64decode(text)
            return self._ciphers[key_id].decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (KeyError, ValueError, InvalidTag):
            msg = f"a sealed value ({purpose}) cannot be opened with the keys given"
            raise UnreadablePersonalDataError(msg) from None

    def digest(self, text: str, purpose: str) -> str:
        """Return the keyed hash of *text*: the same for the same text, and nothing without the key."""
        digest = hmac.new(self._index_key, f"{purpose}\x1f{text}".encode(), hashlib.sha256)
        return digest.hexdigest()[:_DIGEST]


def open_vault(database_url: str, keys: Sequence[str], index_key: str = "") -> Vault:
    """Return the vault of a database; the first of *keys* seals, the last is the *index_key* without one.

    A SQLite file without keys gets one beside it, readable by its owner alone. A
    shared database without keys is refused: NoPersonalDataKeyError.
    """
    address = make_url(database_url)
    if not keys and address.get_backend_name() == "sqlite":
        keys = [session_secret(Path(address.database or KEY_FILE).parent / KEY_FILE)]
    if not keys or min(map(len, [*keys, index_key or keys[-1]])) < _LEAST_KEY:
        raise NoPersonalDataKeyError(setting="MONITORING_PERSONAL_DATA_KEYS")
    return Vault(keys, index_key or keys[-1])


def attach(engine: Engine, vault: Vault) -> None:
    """Let the column types below find *vault* on every connection of *engine*."""
    vars(engine.dialect)[_ATTACHED] = vault


def vault_on(dialect: Dialect) -> Vault:
    """Return the vault attached to the engine of *dialect*."""
    vault = getattr(dialect, _ATTACHED, None)
    if not isinstance(vault, Vault):
        msg = "no vault is attached to this engine: personal data cannot be read or written"
        raise UnreadablePersonalDataError(msg)
    return vault


class SealedText(TypeDecorator[str]):
    """A text that is sealed at rest; *purpose* names its column. An empty one stays empty."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return vault_on(dialect).seal(value.encode(), self.purpose) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return vault_on(dialect).unseal(value, self.purpose).decode() if value else value


class SealedJson(TypeDecorator[Any]):
    """A JSON value that is packed and sealed at rest; *purpose* names its column."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return vault_on(dialect).seal(zlib.compress(text.encode(), 1), self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401  (any JSON)
        if value is None:
            return None
        return json.loads(zlib.decompress(vault_on(dialect).unseal(value, self.purpose)))


class KeyedHash(TypeDecorator[str]):
    """Kept as its keyed hash only: give it the text, in rows and in comparisons; reading gives the hash.

    Columns of one *purpose* can be compared with each other.
    """

    impl = String(_DIGEST)
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return vault_on(dialect).digest(value, self.purpose) if value else value


def _derived(key: str, use: str) -> bytes:
    return hmac.new(key.encode(), f"shouxian personal data: {use}".encode(), hashlib.sha256).digest()


def _key_id(key: str) -> str:
    return _derived(key, "name").hex()[:_KEY_ID]
