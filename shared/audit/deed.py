"""What is entered into the audit trail: a deed, who did it, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.observability.personal_data import looks_personal, masked

Origin = Literal["web", "api", "command line", "system"]
Outcome = Literal["done", "refused", "locked"]
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Who:
    """Who did it, by the account's id, role and unit as they were then. Never a name or a login."""

    account_id: str
    role: str
    unit: str = ""


SYSTEM = Who("", "system")
"""What a process does by itself, and somebody at the machine's own command line."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a deed came from; the request's id is the one in the log and in the answer's header."""

    origin: Origin = "system"
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who, and from where: what somebody who asks for a change hands on for its entry."""

    who: Who = SYSTEM
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done, or that somebody was kept from doing.

    *action* is the name of the action or permission, such as ``case.verify``. *details* are
    ids, codes and counts: never what somebody typed, since an entry can never be taken back.
    """

    action: str
    who: Who = SYSTEM
    trace: Trace = Trace()
    object_kind: str = ""
    object_id: str = ""
    outcome: Outcome = "done"
    details: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """Return what is kept of it, without number, time and seal. What looks personal is removed."""
        return {
            "account_id": self.who.account_id,
            "role": self.who.role,
            "unit": _code(self.who.unit, 100),
            "action": self.action[:96],
            "object_kind": self.object_kind[:64],
            "object_id": _code(self.object_id, 96),
            "outcome": self.outcome,
            "request_id": self.trace.request_id[:64],
            "origin": self.trace.origin,
            "details": {name: _codes(value) for name, value in self.details.items()},
        }


def _codes(value: object) -> object:
    if isinstance(value, str):
        return _code(value, _LONGEST)
    if isinstance(value, int):  # a bool is one
        return "[removed]" if looks_personal(value) else value
    if isinstance(value, list | tuple):
        return [_codes(one) for one in value]
    raise TypeError(f"a detail of the audit trail is an id, a code or a count, not {type(value).__name__}")


def _code(text: str, longest: int) -> str:
    # A NUL fails on PostgreSQL, and half a surrogate pair has no UTF-8.
    plain = text.encode("utf-8", "replace").decode().replace("\0", "")
    return masked(plain)[:longest]
