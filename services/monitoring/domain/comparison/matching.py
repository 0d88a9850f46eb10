"""Whom a row of a list is about: by ID number, else by name, birth date and village, to be confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.comparison.row import Row
from shared.kernel.money import Fen

Match = Literal["number", "name", "confirmed", "none"]
NameKey = tuple[str, date, str]
_ID_LENGTH = 18
_NOBODY: NameKey = ("", date.min, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the register says of a person today, as far as a list can differ from it or a rule asks.

    *monitored_risks* are those of a case the county has decided and that is open;
    *case_id* names an open case, decided or not. *operating* is the operating
    income of the household's last ledger, in fen, None without one.
    """

    person_id: str
    household_id: str
    area_code: str
    born_on: date
    present: bool = True
    lifted_out: bool = False
    monitored_risks: frozenset[str] = frozenset()
    case_id: str = ""
    decided: bool = False
    insured: bool | None = True
    on_post: bool = False
    low_income_aid: bool = False
    destitute_aid: bool = False
    health: tuple[str, ...] = ("001",)
    disability_kind: str | None = None
    disability_grade: str | None = None
    school_status: str | None = None
    dangerous_house: bool | None = None
    working: bool | None = None
    operating: Fen | None = None

    @property
    def monitored(self) -> bool:
        return bool(self.monitored_risks)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a row was matched to. Only ``number`` and ``confirmed`` may raise anything by themselves."""

    how: Match
    person: Registered | None = field(default=None, repr=False)
    reason: str = ""
    """A code of ``match_reason`` where nobody was found."""

    @property
    def certain(self) -> Registered | None:
        return self.person if self.how in ("number", "confirmed") else None


def name_key(row: Row) -> NameKey | None:
    """Return what the fallback compares, or None when a part is missing and the number doesn't say it."""
    born_on = row.born_on or _born_by_number(row.id_number)
    if not (row.name and born_on and row.area_code):
        return None
    return row.name, born_on, row.area_code


def match_row(
    row: Row,
    by_number: Mapping[str, Sequence[Registered]],
    by_name: Mapping[NameKey, Sequence[Registered]],
) -> Matched:
    """Return whom *row* is about. A number on record decides; a name is only ever a proposal."""
    known = by_number.get(row.id_number, ()) if row.id_number else ()
    if known:
        present = next((one for one in known if one.present), None)
        return Matched("number", present) if present else Matched("none", reason="has_left")
    named = [one for one in by_name.get(name_key(row) or _NOBODY, ()) if one.present]
    return Matched("name", named[0]) if len(named) == 1 else Matched("none", reason=_why(row, len(named)))


def _why(row: Row, named: int) -> str:
    if named:
        return "several"
    if row.id_number:
        return "not_registered"
    if not row.name:
        return "nothing_given"
    return "number_missing" if name_key(row) is None else "no_such_name"


def _born_by_number(number: str) -> date | None:
    if len(number) != _ID_LENGTH:
        return None
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None
