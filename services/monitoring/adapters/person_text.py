"""Texts sealed with a key of their owner, a person or a household: without the key nobody can open them."""

import base64
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Connection, Dialect, Text, func, select, type_coerce

from services.monitoring.adapters.personal import SealedText, UnreadablePersonalDataError, vault_on
from services.monitoring.adapters.tables_erasure import erased_persons, person_keys, person_sealing
from shared.messaging.bulk import among, insert_new

BY_PERSON = "p."
"""How a value begins that its owner's key sealed; the id of a county's key is eight hexadecimal digits."""
_NONCE, _KEY = 12, 32
_CACHED = 4096


class Owned(str):
    """A text on its way into the database, with the key that is to seal it."""

    key: bytes

    __slots__ = ("key",)

    def __new__(cls, text: str, key: bytes) -> Self:
        """Return *text* with *key*."""
        owned = super().__new__(cls, text)
        owned.key = key
        return owned


class PersonText(SealedText):
    """A text of the owner of its row (column ``id``): give it :class:`Owned`, and it is sealed for the owner.

    A plain text is sealed with the county's key, as before there were keys of people. Reading
    brings the owner's key along in the same query; once that is deleted, the text is empty.
    """

    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        column = getattr(column, "element", column)  # of a label
        table = getattr(column, "table", None)
        raw = type_coerce(column, Text)
        if table is None or "id" not in table.c:
            return type_coerce(raw, self)
        key = select(type_coerce(person_keys.c.key, Text)).where(person_keys.c.owner_id == table.c.id)
        return type_coerce(raw + "|" + func.coalesce(key.correlate(table).scalar_subquery(), ""), self)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value and isinstance(value, Owned):
            return seal_for(value.key, value.encode(), self.purpose)
        return super().process_bind_param(value, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        token, asked_for_key, sealed_key = value.partition("|")
        if not token.startswith(BY_PERSON):
            return super().process_result_value(token, dialect)
        if not asked_for_key:
            msg = f"{self.purpose} was read without the column that says whose it is"
            raise UnreadablePersonalDataError(msg)
        if not sealed_key:
            return ""
        key = _opened_key(vault_on(dialect).unseal, sealed_key)
        return unseal_for(key, token, self.purpose).decode()


@lru_cache(_CACHED)
def _opened_key(unseal: Any, sealed_key: str) -> bytes:  # noqa: ANN401  (a bound method, compared by vault)
    return base64.b64decode(unseal(sealed_key, "person.key"))


def seal_for(key: bytes, secret: bytes, purpose: str) -> str:
    """Return *secret* sealed with a person's *key* for *purpose*."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, secret, purpose.encode())
    return BY_PERSON + base64.b64encode(sealed).decode("ascii")


def unseal_for(key: bytes, token: str, purpose: str) -> bytes:
    """Return what :func:`seal_for` sealed; raises UnreadablePersonalDataError."""
    try:
        sealed = base64.b64decode(token.removeprefix(BY_PERSON))
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (ValueError, InvalidTag):
        msg = f"a value sealed for a person ({purpose}) cannot be opened with that person's key"
        raise UnreadablePersonalDataError(msg) from None


def name_of(key: bytes) -> str:
    """Return by what a key can be told from another, and nothing more."""
    return hashlib.sha256(b"shouxian person key\x1f" + key).hexdigest()[:8]


def seal_json_for(key: bytes, value: Mapping[str, Any], purpose: str) -> str:
    """Return a JSON object sealed with a person's *key*."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return seal_for(key, text.encode(), purpose)


def writes_by_person(connection: Connection) -> bool:
    """Say whether values are sealed by person already, or only read so (docs/migrations.md)."""
    vault = vault_on(connection.dialect)
    if not vault.by_person:
        vault.by_person = connection.execute(select(person_sealing.c.id)).first() is not None
    return vault.by_person


def keys_of(connection: Connection, owners: Collection[str]) -> dict[str, bytes]:
    """Return the keys of those of the *owners* that have one."""
    query = select(person_keys).where(among(connection, person_keys.c.owner_id, sorted(owners)))
    return {row.owner_id: base64.b64decode(row.key) for row in connection.execute(query)}


def keys_for(connection: Connection, owners: Collection[str]) -> dict[str, bytes]:
    """Return a key for each of the *owners*, made where there is none; an erased one gets none.

    Empty while values are not sealed by person yet.
    """
    if not owners or not writes_by_person(connection):
        return {}
    found = keys_of(connection, owners)
    missing = sorted({*owners} - {*found})
    if not missing:
        return found
    erased = select(erased_persons.c.owner_id).where(among(connection, erased_persons.c.owner_id, missing))
    gone = set(connection.execute(erased).scalars())
    made = {owner: os.urandom(_KEY) for owner in missing if owner not in gone}
    rows = [{"owner_id": one, "key": base64.b64encode(key).decode()} for one, key in made.items()]
    new = insert_new(connection, person_keys, rows)
    if len(new) < len(made):  # somebody else made them just now
        return found | keys_of(connection, list(made))
    return found | made
