"""What the register says of many persons at once, for a list to be compared with."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Connection, Select, String, func, null, or_, select, type_coerce

from services.monitoring.adapters.personal import vault_on
from services.monitoring.adapters.tables import cases, households, income_ledgers, living_conditions, members
from services.monitoring.domain.comparison.matching import NameKey, Registered
from services.monitoring.domain.particulars import IDENTITY_CARD, NOT_AIDED, identity_of
from shared.messaging.bulk import among

_DANGEROUS = ("C", "D")
_OWN = ("born_on", "disability_kind", "disability_grade", "school_status")
_HASH = cast("Column[str]", type_coerce(members.c.id_hash, String()))
"""The keyed hash as it is stored: what is compared with it is hashed here, to know whose is whose."""
NUMBERED = _HASH != ""
"""That a number is on record."""
SAYS_YES: Mapping[str, ColumnElement[bool]] = {
    "low_income_aid": members.c.low_income != NOT_AIDED,
    "destitute_aid": members.c.destitute != NOT_AIDED,
    "insured": or_(members.c.resident_insurance, members.c.employee_insurance),
    "school_roll": members.c.school_status.is_not(None),
    "disability": or_(members.c.disability_grade.is_not(None), members.c.health.like('%"004"%')),
    "public_post": members.c.posts != [],
}
"""Per kind of list, of whom the register says that they belong on it."""


class RegisterLookup:
    """The register, read a few thousand persons at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_number(self, numbers: Collection[str], *, operating: bool = False) -> dict[str, list[Registered]]:
        """Return who has one of the ID numbers, on whatever document; a card's number begins with it."""
        if not numbers:
            return {}
        vault = vault_on(self._connection.dialect)
        given: dict[str, list[str]] = {}
        for number in numbers:
            digest = vault.digest(identity_of(IDENTITY_CARD, number), "id_number")
            given.setdefault(digest, []).append(number)
        query = registered(operating=operating).add_columns(_HASH.label("hash"))
        rows = self._connection.execute(query.where(among(self._connection, _HASH, sorted(given))))
        found: dict[str, list[Registered]] = {}
        for row in rows.mappings():
            person = registered_from(row)
            for number in given[row["hash"]]:
                found.setdefault(number, []).append(person)
        return found

    def by_name(
        self, keys: Collection[NameKey], *, operating: bool = False
    ) -> dict[NameKey, list[Registered]]:
        """Return who has one of the names, was born then and belongs to a household of that village."""
        if not keys:
            return {}
        wanted = set(keys)
        named = among(self._connection, members.c.name, sorted({name for name, _, _ in keys}))
        query = registered(operating=operating).add_columns(members.c.name)
        rows = self._connection.execute(query.where(named, members.c.left_on.is_(None)))
        found: dict[NameKey, list[Registered]] = {}
        for row in rows.mappings():
            key = (row["name"], row["born_on"], row["area_code"])
            if key in wanted:
                found.setdefault(key, []).append(registered_from(row))
        return found

    def by_id(self, person_ids: Collection[str], *, operating: bool = False) -> dict[str, Registered]:
        """Return the persons with one of these ids."""
        if not person_ids:
            return {}
        those = among(self._connection, members.c.id, sorted(person_ids))
        rows = self._connection.execute(registered(operating=operating).where(those))
        return {row["person_id"]: registered_from(row) for row in rows.mappings()}


def registered(*, operating: bool = False) -> Select[Any]:
    """Return the query of persons with their household and its open case, for :func:`registered_from`."""
    of_household = income_ledgers.c.household_id == members.c.household_id
    ledger = select(income_ledgers.c.operating_fen).where(of_household)
    newest = ledger.order_by(income_ledgers.c.period_last.desc(), income_ledgers.c.recorded_at.desc())
    person = members.c
    return (
        select(
            person.id.label("person_id"),
            person.household_id,
            households.c.area_code,
            *(person[name] for name in _OWN),
            person.health,
            person.left_on,
            person.low_income,
            person.destitute,
            person.resident_insurance,
            person.employee_insurance,
            person.posts,
            (func.coalesce(person.work_months, 0) > 0).label("works"),
            living_conditions.c.house_dangerous,
            living_conditions.c.house_grade,
            households.c.lifted_out,
            func.coalesce(cases.c.id, "").label("case_id"),
            cases.c.identified_on,
            cases.c.risks,
            newest.limit(1).scalar_subquery().label("operating") if operating else null().label("operating"),
        )
        .select_from(members)
        .join(households, households.c.id == person.household_id)
        .outerjoin(living_conditions, living_conditions.c.household_id == person.household_id)
        .outerjoin(cases, cases.c.open_household == person.household_id)
    )


def registered_from(row: Mapping[Any, Any]) -> Registered:
    """Return what a row of :func:`registered` says."""
    decided = row["identified_on"] is not None
    return Registered(
        person_id=row["person_id"],
        household_id=row["household_id"],
        area_code=row["area_code"],
        present=row["left_on"] is None,
        lifted_out=row["lifted_out"],
        monitored_risks=frozenset(row["risks"]) if decided else frozenset(),
        case_id=row["case_id"],
        decided=decided,
        insured=_either(row["resident_insurance"], row["employee_insurance"]),
        low_income_aid=row["low_income"] not in (None, NOT_AIDED),
        destitute_aid=row["destitute"] not in (None, NOT_AIDED),
        health=tuple(row["health"]),
        dangerous_house=_dangerous(row["house_grade"], row["house_dangerous"]),
        on_post=bool(row["posts"]),
        # Nothing recorded of work is no claim to have none.
        working=True if row["works"] else None,
        operating=row["operating"],
        **{name: row[name] for name in _OWN},
    )


def _either(*said: bool | None) -> bool | None:
    return None if all(one is None for one in said) else any(said)


def _dangerous(grade: str | None, dangerous: bool | None) -> bool | None:  # noqa: FBT001  (as recorded)
    return grade in _DANGEROUS if grade is not None else dangerous
