"""A household as a JSON value and back: only what somebody has said."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, get_type_hints

from services.monitoring.adapters.person_text import name_of, seal_json_for, unseal_for
from services.monitoring.domain.household import Household
from services.monitoring.domain.living import LivingConditions
from services.monitoring.domain.member import Member
from services.monitoring.domain.responsible import ResponsibleHelper

ERASED = "已删除"
PRIVATE_OF_MEMBER = frozenset(
    {"name", "born_on", "person_no", "id_number", "phone", "ethnicity", "political", "health", "employer"}
    | {"work_place_name", "disability_kind", "disability_grade", "disability_card_year"}
)
PRIVATE_OF_HOUSEHOLD = frozenset(
    {"address", "resettlement_address", "natural_village", "village_group", "phone", "bank", "bank_account"}
)
_SEALED, _WITH = "sealed", "with"
_PURPOSE = "household_version.owner"
_NO_KEYS: Mapping[str, bytes] = MappingProxyType({})
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


def snapshot_of(household: Household, keys: Mapping[str, bytes] = _NO_KEYS) -> dict[str, Any]:
    """Return everything recorded of *household* as a JSON value. It is personal.

    What says who somebody is is sealed with the key that *keys* has for the person's id;
    where the household lives and its numbers, with the household's.
    """
    return {
        "household": _closed(_HOUSEHOLD.written(household), keys, PRIVATE_OF_HOUSEHOLD),
        "living": _LIVING.written(household.living),
        "members": [_closed(_MEMBER.written(one), keys, PRIVATE_OF_MEMBER) for one in household.members],
        "helpers": [_HELPER.written(one) for one in household.helpers],
    }


def household_from(snapshot: Mapping[str, Any], keys: Mapping[str, bytes] = _NO_KEYS) -> Household:
    """Return the household a snapshot was taken of, for reading only; whoever has no key is 已删除."""
    return Household(
        **_HOUSEHOLD.read(_opened(snapshot["household"], keys)),
        living=LivingConditions(**_LIVING.read(snapshot["living"])),
        members=tuple(Member(**_MEMBER.read(_opened(one, keys))) for one in snapshot["members"]),
        helpers=tuple(ResponsibleHelper(**_HELPER.read(one)) for one in snapshot["helpers"]),
    )


def owners_in(snapshot: Mapping[str, Any]) -> set[str]:
    """Return whose keys are needed to open a snapshot whole."""
    parts = (snapshot["household"], *snapshot["members"])
    return {str(part["id"]) for part in parts if _SEALED in part}


def _closed(written: dict[str, Any], keys: Mapping[str, bytes], private: frozenset[str]) -> dict[str, Any]:
    key = keys.get(written["id"])
    if key is None:
        return written
    known = {name: value for name, value in written.items() if name not in private}
    if "born_on" in written:
        known["born_on"] = f"{written['born_on'][:4]}-01-01"
    secret = {name: written[name] for name in written if name in private}
    return known | {_SEALED: seal_json_for(key, secret, _PURPOSE), _WITH: name_of(key)}


def _opened(part: Mapping[str, Any], keys: Mapping[str, bytes]) -> Mapping[str, Any]:
    if _SEALED not in part:
        return part
    key = keys.get(part["id"])
    # A household goes on after its head was erased, with another key.
    if key is not None and name_of(key) == part[_WITH]:
        return {**part, **json.loads(unseal_for(key, part[_SEALED], _PURPOSE))}
    return {**part, **(_NOBODY if "relation" in part else {"address": ERASED})}


_NOBODY = {"name": ERASED, "person_no": "", "health": []}
