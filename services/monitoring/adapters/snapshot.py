"""A household as a JSON value and back: only what somebody has said."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from services.monitoring.domain.household import Household
from services.monitoring.domain.living import LivingConditions
from services.monitoring.domain.member import Member
from services.monitoring.domain.responsible import ResponsibleHelper

_PARTS = frozenset({"facts", "members", "living", "helpers"})


class _Shape:
    """The fields of one dataclass: what each has by itself, and how it is written and read."""

    def __init__(self, kept: type[Any], *, without: frozenset[str] = frozenset()) -> None:
        hints = get_type_hints(kept)
        mine = [one for one in fields(kept) if one.name not in without]
        self.defaults = {one.name: _default(one) for one in mine}
        self._read: dict[str, Callable[[Any], Any]] = {
            one.name: read for one in mine if (read := _reader(hints[one.name])) is not None
        }

    def written(self, value: object) -> dict[str, Any]:
        given = ((name, getattr(value, name), default) for name, default in self.defaults.items())
        return {name: _plain(found) for name, found, default in given if found != default}

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        # A field this release no longer knows is left out: history outlives the code that wrote it.
        known = {name: value for name, value in given.items() if name in self.defaults}
        return {
            name: value if value is None or name not in self._read else self._read[name](value)
            for name, value in known.items()
        }


def _default(one: "Field[Any]") -> object:
    return one.default if one.default is not MISSING else MISSING


def _reader(hint: object) -> Callable[[Any], Any] | None:
    text = str(hint)
    if "datetime.date" in text:
        return date.fromisoformat
    if "Decimal" in text:
        return Decimal
    return tuple if "tuple" in text else None


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


_HOUSEHOLD = _Shape(Household, without=_PARTS)
_LIVING = _Shape(LivingConditions)
_MEMBER = _Shape(Member)
_HELPER = _Shape(ResponsibleHelper)


def snapshot_of(household: Household) -> dict[str, Any]:
    """Return everything recorded of *household* as a JSON value. It is personal."""
    return {
        "household": _HOUSEHOLD.written(household),
        "living": _LIVING.written(household.living),
        "members": [_MEMBER.written(one) for one in household.members],
        "helpers": [_HELPER.written(one) for one in household.helpers],
    }


def household_from(snapshot: Mapping[str, Any]) -> Household:
    """Return the household a snapshot was taken of, for reading only."""
    return Household(
        **_HOUSEHOLD.read(snapshot["household"]),
        living=LivingConditions(**_LIVING.read(snapshot["living"])),
        members=tuple(Member(**_MEMBER.read(one)) for one in snapshot["members"]),
        helpers=tuple(ResponsibleHelper(**_HELPER.read(one)) for one in snapshot["helpers"]),
    )
