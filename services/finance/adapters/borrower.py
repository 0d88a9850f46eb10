"""Borrowing households in SQL: snapshots and identifications in one statement a batch."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from services.finance.adapters.tables import household, identification, member
from services.finance.domain.borrower import Borrower, HouseholdSnapshot, Identification, Member
from services.finance.domain.errors import HouseholdNotFoundError
from shared.messaging.bulk import insert_new, upsert


class SqlBorrowers:
    """See the port ``Borrowers``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, snapshots: Sequence[HouseholdSnapshot]) -> None:
        households = [_household_row(snapshot) for snapshot in snapshots]
        upsert(self._connection, household, households, newer="version")
        members = [_member_row(snapshot, each) for snapshot in snapshots for each in snapshot.members]
        upsert(self._connection, member, members, newer="version")

    def identify(self, identifications: Sequence[Identification]) -> None:
        rows = [
            {
                "case_id": each.case_id,
                "household_id": each.household_id,
                "monitored_class": each.monitored_class,
                "identified_on": each.identified_on,
            }
            for each in identifications
        ]
        insert_new(self._connection, identification, rows)

    def get(self, household_id: str) -> Borrower:
        query = select(household).where(household.c.household_id == household_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise HouseholdNotFoundError(household_id=household_id[:64])
        return Borrower(
            household_id=row.household_id,
            household_no=row.household_no,
            area_code=row.area_code,
            household_type=row.household_type,
            lifted_out=row.lifted_out,
            members=self._members(household_id, row.version),
            identifications=self._identifications(household_id),
        )

    def hold(self, household_id: str) -> None:
        query = select(household.c.household_id).where(household.c.household_id == household_id)
        self._connection.execute(query.with_for_update()).all()

    def _members(self, household_id: str, version: int) -> tuple[Member, ...]:
        """Only rows of the newest version: who is not named in it any more is gone."""
        query = (
            select(member)
            .where(member.c.household_id == household_id, member.c.version == version)
            .order_by(member.c.person_no, member.c.person_id)
        )
        return tuple(
            Member(row.person_id, row.person_no, row.relation, row.sex, row.born_on, row.has_left)
            for row in self._connection.execute(query)
        )

    def _identifications(self, household_id: str) -> tuple[Identification, ...]:
        query = (
            select(identification)
            .where(identification.c.household_id == household_id)
            .order_by(identification.c.identified_on, identification.c.case_id)
        )
        return tuple(Identification(*row) for row in self._connection.execute(query))


def _household_row(snapshot: HouseholdSnapshot) -> dict[str, object]:
    return {
        "household_id": snapshot.household_id,
        "household_no": snapshot.household_no,
        "version": snapshot.version,
        "area_code": snapshot.area_code,
        "household_type": snapshot.household_type,
        "lifted_out": snapshot.lifted_out,
    }


def _member_row(snapshot: HouseholdSnapshot, each: Member) -> dict[str, object]:
    return {
        "household_id": snapshot.household_id,
        "person_id": each.person_id,
        "version": snapshot.version,
        "person_no": each.person_no,
        "relation": each.relation,
        "sex": each.sex,
        "born_on": each.born_on,
        "has_left": each.left,
    }
