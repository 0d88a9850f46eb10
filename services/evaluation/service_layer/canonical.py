"""Canonical JSON (RFC 8785) and SHA-256: the same content is the same bytes on any machine."""

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:  # noqa: ANN401  (whatever JSON can hold)
    """Return *value* as RFC 8785 bytes; refuses what JSON has no exact form for."""
    return bytes(rfc8785.dumps(value))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(value: Any) -> str:  # noqa: ANN401  (whatever JSON can hold)
    """Return the SHA-256 of *value*'s canonical form."""
    return sha256(canonical(value))
