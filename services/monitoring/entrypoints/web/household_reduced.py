"""What a department sees of a household: who it is, and of its members what is the department's own subject.

A working proposal, after who delivers which list: nobody told which department needs what.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.monitoring.adapters.read_models import HouseholdRow
from services.monitoring.entrypoints.web.household_shown import ChangeShown, MemberShown
from shared.web.i18n import Words
from shared.web.officer import Officer

_SUBJECTS: Mapping[str, frozenset[str]] = {
    "schooling": frozenset({"县教体局"}),
    "health": frozenset({"县卫健局", "县医保局", "县残联", "县民政局"}),
    "labour_skill": frozenset({"县人社局", "县残联", "县民政局"}),
    "insured": frozenset({"县医保局", "县卫健局"}),
    "aid": frozenset({"县民政局", "县残联", "县医保局"}),
}
"""The departments that see a field of the members; every other department does not."""
_INCOME = frozenset({"县民政局", "县残联"})
"""The departments that see what a household earns: who grants allowances checks it (``income.read``)."""
_HIDDEN: Mapping[str, object] = {
    "registration": (),
    "living": (),
    "helpers": (),
    "record_first": {},
    "living_first": {},
    "left": (),
    "visits": (),
    "timeline": (),
}
_NOTHING = Words("—", "—")


def sees_whole(officer: Officer) -> bool:
    """Say whether *officer* sees everything on record of a household of the own area."""
    return officer.role != "department"


def sees_income(officer: Officer) -> bool:
    """Say whether *officer* sees what households earn."""
    return sees_whole(officer) or officer.unit in _INCOME


def reduced(officer: Officer, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of a household shows *officer*, a program's answer too."""
    if sees_whole(officer):
        return {**data, "whole": True, "subjects": tuple(_SUBJECTS)}
    return {
        **data,
        **_HIDDEN,
        "whole": False,
        "subjects": tuple(name for name, units in _SUBJECTS.items() if officer.unit in units),
        "household": {**data["household"], "address": "", "phone": ""},
        "first": {**data["first"], "address": ""},
        "members": [_member(officer, one) for one in data["members"]],
        "changes": [_change(one) for one in data["changes"] if one.theirs],
        "income": data["income"] if sees_income(officer) else None,
    }


def rows_reduced(officer: Officer, rows: list[HouseholdRow]) -> list[HouseholdRow]:
    """Return the rows of a list without what households earn, for who does not see it."""
    return rows if sees_income(officer) else [replace(row, net_per_head_fen=None) for row in rows]


def _member(officer: Officer, one: MemberShown) -> MemberShown:
    hidden: dict[str, Any] = {
        name: None if name == "insured" else _NOTHING
        for name, units in _SUBJECTS.items()
        if officer.unit not in units
    }
    return replace(one, phone="", **hidden)


def _change(one: ChangeShown) -> ChangeShown:
    return replace(one, note="")
