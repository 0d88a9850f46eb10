"""What the registry knows of the households and people of a file, a few thousand rows at a time."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Column, Connection, String, select, type_coerce

from services.monitoring.adapters.personal import vault_on
from services.monitoring.adapters.tables import households, living_conditions, members
from services.monitoring.domain.exchange.registry_row import HOUSEHOLD, PERSON
from services.monitoring.domain.living import LIVING_FIELDS
from services.monitoring.service_layer.ports_exchange import KnownHousehold, KnownPerson
from shared.messaging.bulk import among

_ID_HASH = cast("Column[str]", type_coerce(members.c.id_hash, String()))
_PERSON_HASH = type_coerce(members.c.phone_hash, String()).label("phone")
_HOUSEHOLD_HASH = type_coerce(households.c.phone_hash, String()).label("phone")
_OF_PERSON = tuple(name for name in PERSON.values() if name != "phone")
_OF_HOUSEHOLD = tuple(
    name for name in (*HOUSEHOLD.values(), "area_code", "lifted_out", "household_type") if name != "phone"
)


class RegistryLookup:
    """The registry as an import compares with it, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known_households(self, numbers: Collection[str]) -> dict[str, KnownHousehold]:
        """Return the households with these numbers."""
        own = [
            (living_conditions if name in LIVING_FIELDS else households).c[name].label(name)
            for name in _OF_HOUSEHOLD
        ]
        query = (
            select(households.c.id, households.c.household_no, households.c.version, _HOUSEHOLD_HASH, *own)
            .outerjoin(living_conditions, living_conditions.c.household_id == households.c.id)
            .where(among(self._connection, households.c.household_no, sorted(numbers)))
        )
        return {row["household_no"]: _household(row) for row in self._connection.execute(query).mappings()}

    def known_people(self, identities: Collection[str]) -> dict[str, KnownPerson]:
        """Return who of those present has each of these ID numbers."""
        vault = vault_on(self._connection.dialect)
        given = {vault.digest(one, "id_number"): one for one in identities if one}
        columns = [members.c[name] for name in ("id", "person_no", *_OF_PERSON)]
        query = (
            select(households.c.household_no, _ID_HASH.label("hash"), _PERSON_HASH, *columns)
            .join(households, households.c.id == members.c.household_id)
            .where(among(self._connection, _ID_HASH, sorted(given)), members.c.left_on.is_(None))
        )
        return {given[row["hash"]]: _person(row) for row in self._connection.execute(query).mappings()}

    def phone_hash(self, phone: str) -> str:
        """Return what is kept of a telephone number to find it by."""
        return vault_on(self._connection.dialect).digest(phone, "phone")


def _household(row: Mapping[Any, Any]) -> KnownHousehold:
    values = {name: row[name] for name in (*_OF_HOUSEHOLD, "phone")}
    return KnownHousehold(row["id"], row["household_no"], row["version"], row["household_type"], values)


def _person(row: Mapping[Any, Any]) -> KnownPerson:
    values = {name: row[name] for name in (*_OF_PERSON, "phone", "person_no")}
    return KnownPerson(row["id"], row["household_no"], values | {"health": tuple(values["health"])})
