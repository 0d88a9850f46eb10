"""Where households and their members are kept, and who asked to see what is masked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.tables import (
    care_wishes,
    case_comparisons,
    cases,
    clues,
    comparison_differences,
    department_warnings,
    diseases,
    dropouts,
    eliminations,
    entitlements,
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
    reliefs,
    relocation_returns,
    responsible_helpers,
    student_aids,
    toilet_problems,
    toilets,
    unmaskings,
    water_problems,
    zero_employments,
)
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.household import Household
from services.monitoring.domain.living import LIVING_FIELDS, UNKNOWN, LivingConditions
from services.monitoring.domain.member import Member
from services.monitoring.domain.responsible import ResponsibleHelper
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import upsert
from shared.persistence.versioned import add_version, save_version

Collect = Callable[[Aggregate], None]

_HASHES = frozenset({"phone_hash", "id_hash"})
_OWN = tuple(column.name for column in households.columns if column.name not in {"version", *_HASHES})
_MEMBER = tuple(one.name for one in fields(Member))
_HELPER = tuple(one.name for one in fields(ResponsibleHelper))
_FOLLOWING = (
    care_wishes,
    case_comparisons,
    cases,
    clues,
    comparison_differences,
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
    """The households of the county, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, household: Household) -> None:
        """Keep a new household; when somebody registers the same number or person just now, try again."""
        try:
            add_version(self._connection, households, _row(household))
            self._keep_parts(household)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(household)
        household.version = 1

    def save(self, household: Household) -> None:
        """Keep the changed household unless somebody else saved it since it was read."""
        try:
            save_version(self._connection, households, _row(household), read=household.version)
            self._keep_parts(household)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(household)
        household.version += 1

    def get(self, household_id: str) -> Household:
        """Return the household with everybody who ever belonged to it; raises HouseholdNotFoundError."""
        query = select(households.c.version, *(households.c[name] for name in _OWN))
        found = self._connection.execute(query.where(households.c.id == household_id)).mappings()
        row = found.one_or_none()
        if row is None:
            raise HouseholdNotFoundError
        return Household(
            **row,
            members=self._members(household_id),
            living=self._living(household_id),
            helpers=self._helpers(household_id),
        )

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
        query = select(households.c.id).where(households.c.household_no == household_no)
        return self._connection.execute(query).first() is not None

    def holder_of(self, identities: Collection[str], *, except_person: str = "") -> str | None:
        """Return the number of a household in which somebody lives who is one of these *identities*."""
        query = (
            select(households.c.household_no)
            .join(members, members.c.household_id == households.c.id)
            .where(
                members.c.id_hash.in_([one for one in identities if one]),
                members.c.left_on.is_(None),
                members.c.id != except_person,
            )
            .limit(1)
        )
        return self._connection.execute(query).scalar()

    def _members(self, household_id: str) -> tuple[Member, ...]:
        query = select(members).where(members.c.household_id == household_id).order_by(members.c.position)
        return tuple(member_from(row) for row in self._connection.execute(query).mappings())

    def _living(self, household_id: str) -> LivingConditions:
        query = select(living_conditions).where(living_conditions.c.household_id == household_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return UNKNOWN if row is None else living_from(row)

    def _helpers(self, household_id: str) -> tuple[ResponsibleHelper, ...]:
        columns = responsible_helpers.c
        query = select(*(columns[name] for name in _HELPER)).where(columns.household_id == household_id)
        rows = self._connection.execute(query.order_by(columns.position)).mappings()
        return tuple(ResponsibleHelper(**row) for row in rows)

    def _keep_parts(self, household: Household) -> None:
        rows = [
            {**_member_row(member), "household_id": household.id, "position": position}
            for position, member in enumerate(household.members)
        ]
        upsert(self._connection, members, rows)
        if household.living != UNKNOWN or household.version:
            upsert(self._connection, living_conditions, [_living_row(household)])
        helping = [
            {**_helper_row(helper), "household_id": household.id, "position": position}
            for position, helper in enumerate(household.helpers)
        ]
        upsert(self._connection, responsible_helpers, helping)


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


def _row(household: Household) -> dict[str, Any]:
    return {name: getattr(household, name) for name in _OWN} | {"phone_hash": household.phone}


def _member_row(member: Member) -> dict[str, Any]:
    row = {name: getattr(member, name) for name in _MEMBER}
    row |= {"id_hash": member.identity, "phone_hash": member.phone}
    return row | {"health": list(member.health), "posts": list(member.posts)}


def _living_row(household: Household) -> dict[str, Any]:
    row = {name: getattr(household.living, name) for name in LIVING_FIELDS}
    return row | {"household_id": household.id, "industry_help": list(household.living.industry_help)}


def _helper_row(helper: ResponsibleHelper) -> dict[str, Any]:
    return {name: getattr(helper, name) for name in _HELPER}
