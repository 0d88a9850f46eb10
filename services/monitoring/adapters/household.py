"""Where households and their members are kept, and who asked to see what is masked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, select, update
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household_version import keep_versions, owners_of, rewritten
from services.monitoring.adapters.person_text import Owned, keys_for
from services.monitoring.adapters.personal import vault_on
from services.monitoring.adapters.tables import (
    care_wishes,
    case_comparisons,
    cases,
    clues,
    comparison_differences,
    data_errors,
    department_warnings,
    diseases,
    dropouts,
    eliminations,
    entitlements,
    escalations,
    home_pupils,
    hospital_stays,
    house_alerts,
    households,
    housing_shortages,
    living_conditions,
    medical_covers,
    members,
    paired_children,
    plans,
    rebuilds,
    record_cycles,
    reliefs,
    relocation_returns,
    reopenings,
    responsible_helpers,
    sampled_households,
    student_aids,
    toilet_problems,
    toilets,
    unmaskings,
    water_problems,
    zero_employments,
)
from services.monitoring.adapters.tables_household import ID_NUMBER
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.household import Household
from services.monitoring.domain.living import LIVING_FIELDS, UNKNOWN, LivingConditions
from services.monitoring.domain.member import Member
from services.monitoring.domain.responsible import ResponsibleHelper
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import among, upsert
from shared.persistence.versioned import save_version

Collect = Callable[[Aggregate], None]
Keys = Mapping[str, bytes]

_AT_ONCE = 1_000
_HASHES = frozenset({"phone_hash", "id_hash"})
_OWN = tuple(column.name for column in households.columns if column.name not in {"version", *_HASHES})
_MEMBER = tuple(one.name for one in fields(Member))
_HELPER = tuple(one.name for one in fields(ResponsibleHelper))
_FOLLOWING = (
    sampled_households,
    reopenings,
    escalations,
    care_wishes,
    case_comparisons,
    cases,
    clues,
    comparison_differences,
    data_errors,
    department_warnings,
    diseases,
    dropouts,
    eliminations,
    entitlements,
    home_pupils,
    hospital_stays,
    house_alerts,
    housing_shortages,
    medical_covers,
    paired_children,
    plans,
    rebuilds,
    record_cycles,
    reliefs,
    relocation_returns,
    student_aids,
    toilet_problems,
    toilets,
    water_problems,
    zero_employments,
)
"""What is kept of a household with its village, and moves with it."""


class Households:
    """The households of the county, on one transaction. Each version saved is kept for the history."""

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        clock: Clock = system_clock,
        by: Callable[[], str] = str,
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock
        self._by = by

    def add(self, household: Household) -> None:
        """Keep a new household; when somebody registers the same number or person just now, try again."""
        self.add_many([household])

    def add_many(self, new: Sequence[Household]) -> None:
        """Keep new households in one go, like :meth:`add`."""
        try:
            keys = keys_for(self._connection, owners_of(new))
            upsert(self._connection, households, [{**_row(one, keys), "version": 1} for one in new])
            self._keep_parts(new, keys)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._saved(new, keys)

    def save(self, household: Household) -> None:
        """Keep the changed household unless somebody else saved it since it was read."""
        try:
            keys = keys_for(self._connection, owners_of([household]))
            save_version(self._connection, households, _row(household, keys), read=household.version)
            self._keep_parts([household], keys)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._saved([household], keys)

    def save_many(self, changed: Sequence[Household]) -> None:
        """Keep changed households in one go; they were read by :meth:`get_many` in this transaction."""
        try:
            keys = keys_for(self._connection, owners_of(changed))
            rows = [{**_row(one, keys), "version": one.version + 1} for one in changed]
            upsert(self._connection, households, rows)
            self._keep_parts(changed, keys)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._saved(changed, keys)

    def get(self, household_id: str) -> Household:
        """Return the household with everybody who ever belonged to it; raises HouseholdNotFoundError."""
        found = self._read([household_id], lock=False)
        if household_id not in found:
            raise HouseholdNotFoundError
        return found[household_id]

    def get_many(self, household_ids: Collection[str]) -> dict[str, Household]:
        """Return those of the households that are on record, locked until the transaction ends."""
        return self._read(list(household_ids), lock=True)

    def keep_rewritten(self, area_code: str = "") -> int:
        """Keep the version of households of an area that a statement over many rows has changed; how many."""
        behind = rewritten(self._connection, area_code)
        for start in range(0, len(behind), _AT_ONCE):
            found = self.get_many(behind[start : start + _AT_ONCE])
            keep_versions(self._connection, list(found.values()), by=self._by(), at=self._clock())
        return len(behind)

    def areas_of(self, household_ids: Collection[str]) -> dict[str, str]:
        """Return the village of each household that is on record."""
        query = select(households.c.id, households.c.area_code).where(households.c.id.in_(household_ids))
        return {row.id: row.area_code for row in self._connection.execute(query)}

    def take_along(self, household: Household) -> None:
        """Move what is kept of the household's cases, plans, clues and guarantees to its village.

        With the next version each: whoever saves one that was read before is refused.
        Its grid is left behind: a grid has households of its own village.
        """
        left = update(households).where(households.c.id == household.id)
        self._connection.execute(left.values(grid_id=None))
        for table in _FOLLOWING:
            moved = update(table).where(table.c.household_id == household.id)
            self._connection.execute(moved.values(area_code=household.area_code, version=table.c.version + 1))

    def has_number(self, household_no: str) -> bool:
        return bool(self.known_numbers([household_no]))

    def known_numbers(self, household_nos: Collection[str]) -> set[str]:
        """Return those of the household numbers that are on record."""
        column = households.c.household_no
        query = select(column).where(among(self._connection, column, list(household_nos)))
        return set(self._connection.execute(query).scalars())

    def holder_of(self, identities: Collection[str], *, except_person: str = "") -> str | None:
        """Return the number of a household in which somebody lives who is one of these *identities*."""
        given = [one for one in identities if one]
        rows = self._connection.execute(
            _holding(self._connection, given).where(members.c.id != except_person)
        )
        return next((row.household_no for row in rows), None)

    def holders_of(self, identities: Collection[str]) -> dict[str, str]:
        """Return, by identity, the number of the household in which that person is present."""
        vault = vault_on(self._connection.dialect)
        by_hash = {vault.digest(one, ID_NUMBER): one for one in identities if one}
        rows = self._connection.execute(_holding(self._connection, list(by_hash.values())))
        return {by_hash[row.id_hash]: row.household_no for row in rows}

    def find_person(self, identity: str) -> tuple[str, str] | None:
        """Return the ids of the household and of the member who is present under this *identity*."""
        row = self._connection.execute(_holding(self._connection, [identity])).one_or_none()
        return None if row is None else (row.household_id, row.person_id)

    def _read(self, household_ids: list[str], *, lock: bool) -> dict[str, Household]:
        query = select(households.c.version, *(households.c[name] for name in _OWN))
        query = query.where(among(self._connection, households.c.id, household_ids)).order_by(households.c.id)
        rows = self._connection.execute(query.with_for_update() if lock else query).mappings().all()
        persons = self._parts(members, members.c.position, household_ids)
        lives = self._parts(living_conditions, living_conditions.c.household_id, household_ids)
        helping = self._parts(responsible_helpers, responsible_helpers.c.position, household_ids)
        return {
            row["id"]: Household(
                **row,
                members=tuple(map(member_from, persons.get(row["id"], ()))),
                living=living_from(lives[row["id"]][0]) if row["id"] in lives else UNKNOWN,
                helpers=tuple(map(_helper_from, helping.get(row["id"], ()))),
            )
            for row in rows
        }

    def _parts(
        self, table: Table, order: ColumnElement[Any], household_ids: list[str]
    ) -> dict[str, list[RowMapping]]:
        query = select(table).where(among(self._connection, table.c.household_id, household_ids))
        found: dict[str, list[RowMapping]] = {}
        for row in self._connection.execute(query.order_by(order)).mappings():
            found.setdefault(row["household_id"], []).append(row)
        return found

    def _keep_parts(self, kept: Sequence[Household], keys: Keys) -> None:
        upsert(self._connection, members, [row for one in kept for row in _member_rows(one, keys)])
        lives = [one for one in kept if one.living != UNKNOWN or one.version]
        upsert(self._connection, living_conditions, [_living_row(one) for one in lives])
        upsert(self._connection, responsible_helpers, [row for one in kept for row in _helper_rows(one)])

    def _saved(self, kept: Sequence[Household], keys: Keys) -> None:
        for household in kept:
            self._collect(household)
            household.version += 1
        keep_versions(self._connection, kept, by=self._by(), at=self._clock(), keys=keys)


def _holding(connection: Connection, identities: Sequence[str]) -> Select[Any]:
    """Select where the people present under *identities* live."""
    return (
        select(
            households.c.household_no,
            members.c.household_id,
            members.c.id.label("person_id"),
            members.c.id_hash,
        )
        .join(members, members.c.household_id == households.c.id)
        .where(among(connection, members.c.id_hash, identities), members.c.left_on.is_(None))
    )


class Unmaskings:
    """Who has seen a masked number, when and why. Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, id_: str, household_id: str, person_id: str, reason: str, by: str, at: datetime) -> None:
        row = {"id": id_, "household_id": household_id, "person_id": person_id}
        self._connection.execute(unmaskings.insert().values(**row, reason=reason, by=by, at=at))


def member_from(row: Mapping[Any, Any]) -> Member:
    """Return the member a row of ``members`` keeps."""
    given = {name: row[name] for name in _MEMBER}
    return Member(**given | {"health": tuple(row["health"]), "posts": tuple(row["posts"])})


def living_from(row: Mapping[Any, Any]) -> LivingConditions:
    """Return the living conditions a row of ``living_conditions`` keeps."""
    given = {name: row[name] for name in LIVING_FIELDS}
    return LivingConditions(**given | {"industry_help": tuple(row["industry_help"])})


def _row(household: Household, keys: Keys) -> dict[str, Any]:
    row = {name: getattr(household, name) for name in _OWN} | {"phone_hash": household.phone}
    return row | _owned(household, ("phone", "bank_account"), keys)


def _owned(owner: Household | Member, names: tuple[str, ...], keys: Keys) -> dict[str, Any]:
    """Return the texts *names* of *owner*, to be sealed with the owner's key if there is one."""
    key = keys.get(owner.id)
    return {} if key is None else {name: Owned(getattr(owner, name), key) for name in names}


def _member_rows(household: Household, keys: Keys) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(member, name) for name in _MEMBER},
            **_owned(member, ("id_number", "phone"), keys),
            "health": list(member.health),
            "posts": list(member.posts),
            "id_hash": member.identity,
            "phone_hash": member.phone,
            "household_id": household.id,
            "position": position,
        }
        for position, member in enumerate(household.members)
    ]


def _living_row(household: Household) -> dict[str, Any]:
    row = {name: getattr(household.living, name) for name in LIVING_FIELDS}
    return row | {"household_id": household.id, "industry_help": list(household.living.industry_help)}


def _helper_rows(household: Household) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(helper, name) for name in _HELPER},
            "household_id": household.id,
            "position": position,
        }
        for position, helper in enumerate(household.helpers)
    ]


def _helper_from(row: RowMapping) -> ResponsibleHelper:
    return ResponsibleHelper(**{name: row[name] for name in _HELPER})
