"""The rules over many households at once: one number, or one telephone, in more than one place."""

from collections.abc import Collection

from sqlalchemy import Connection, and_, exists, select

from services.monitoring.adapters.tables import members
from services.monitoring.domain.quality.rule import Hit
from shared.messaging.bulk import among

SAME_NUMBER, SAME_PHONE = "A-1", "A-10"


def hits_across(connection: Connection, household_ids: Collection[str]) -> list[Hit]:
    """Return who in these households has a number or a telephone that somebody else has as well.

    Compared by the keyed hash: the database never sees a number. A telephone
    shared inside one household is no error.
    """
    if not household_ids:
        return []
    other = members.alias("other")
    here = and_(among(connection, members.c.household_id, sorted(household_ids)), members.c.left_on.is_(None))
    same_number = select(members.c.household_id, members.c.id).where(
        here,
        members.c.id_hash != "",
        exists().where(
            other.c.id_hash == members.c.id_hash, other.c.left_on.is_(None), other.c.id != members.c.id
        ),
    )
    same_phone = select(members.c.household_id, members.c.id).where(
        here,
        members.c.phone_hash != "",
        exists().where(
            other.c.phone_hash == members.c.phone_hash,
            other.c.left_on.is_(None),
            other.c.household_id != members.c.household_id,
        ),
    )
    hits = [Hit(row[0], row[1], SAME_NUMBER) for row in connection.execute(same_number)]
    return hits + [Hit(row[0], row[1], SAME_PHONE) for row in connection.execute(same_phone)]
