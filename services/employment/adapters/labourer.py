"""Labourers in SQL: household snapshots in one statement a batch, persons by their newest household."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, select

from services.employment.adapters.tables import household, labourer
from services.employment.domain.errors import LabourerNotFoundError
from services.employment.domain.labourer import HouseholdSnapshot, Labourer, Member
from shared.messaging.bulk import upsert

IN_NEWEST = (household.c.household_id == labourer.c.household_id) & (
    household.c.version == labourer.c.version
)
"""A person is in the household if its newest version still names them."""


class SqlLabourers:
    """See the port ``Labourers``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, snapshots: Sequence[HouseholdSnapshot]) -> None:
        upsert(
            self._connection, household, [_household_row(snapshot) for snapshot in snapshots], newer="version"
        )
        members = [_member_row(snapshot, member) for snapshot in snapshots for member in snapshot.members]
        upsert(self._connection, labourer, members, newer="version")

    def get(self, person_id: str) -> Labourer:
        self.hold(person_id)
        row = self._connection.execute(current_labourers().where(labourer.c.person_id == person_id)).first()
        if row is None:
            raise LabourerNotFoundError(person_id=person_id[:64])
        return labourer_of(row)

    def hold(self, person_id: str) -> None:
        rows = select(labourer.c.person_id).where(labourer.c.person_id == person_id)
        self._connection.execute(rows.order_by(labourer.c.household_id).with_for_update()).all()


def current_labourers() -> Select[tuple[object, ...]]:
    """Return the query of every person with their household, those who left last."""
    columns = [column for column in labourer.columns if column.name not in {"household_id", "version"}]
    about = [column for column in household.columns if column.name != "version"]
    return (
        select(*columns, *about)
        .join(household, IN_NEWEST)
        .order_by(labourer.c.has_left, household.c.household_id, labourer.c.person_no)
    )


def labourer_of(row: Row[tuple[object, ...]]) -> Labourer:
    """Return the person of a row of ``current_labourers``."""
    values = row._mapping  # noqa: SLF001  (SQLAlchemy's public name for it)
    return Labourer(
        member=Member(
            person_id=values["person_id"],
            person_no=values["person_no"],
            relation=values["relation"],
            sex=values["sex"],
            born_on=values["born_on"],
            labour_skill=values["labour_skill"],
            school_status=values["school_status"],
            left=values["has_left"],
        ),
        household_id=values["household_id"],
        household_no=values["household_no"],
        area_code=values["area_code"],
        household_type=values["household_type"],
        lifted_out=values["lifted_out"],
        relocated=values["relocated"],
    )


def _household_row(snapshot: HouseholdSnapshot) -> dict[str, object]:
    return {
        "household_id": snapshot.household_id,
        "household_no": snapshot.household_no,
        "version": snapshot.version,
        "area_code": snapshot.area_code,
        "household_type": snapshot.household_type,
        "lifted_out": snapshot.lifted_out,
        "relocated": snapshot.relocated,
    }


def _member_row(snapshot: HouseholdSnapshot, member: Member) -> dict[str, object]:
    return {
        "household_id": snapshot.household_id,
        "person_id": member.person_id,
        "version": snapshot.version,
        "person_no": member.person_no,
        "relation": member.relation,
        "sex": member.sex,
        "born_on": member.born_on,
        "labour_skill": member.labour_skill,
        "school_status": member.school_status,
        "has_left": member.left,
    }
