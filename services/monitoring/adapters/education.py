"""Where the guarantee of education is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.people import still_there
from services.monitoring.adapters.register import Register
from services.monitoring.adapters.tables import (
    dropouts,
    home_pupils,
    home_visits,
    paired_children,
    student_aids,
)
from services.monitoring.domain.education.dropout import Dropout, Persuasion
from services.monitoring.domain.education.home_teaching import HomePupil, HomeVisit
from services.monitoring.domain.education.pairing import PairedChild
from services.monitoring.domain.education.student_aid import StudentAid
from shared.messaging.bulk import insert_new


class Education:
    """The registers of education, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self.dropouts = Register(
            connection,
            collect,
            dropouts,
            Dropout,
            read={"persuasions": _persuasions},
            write={"persuasions": _written, "responsible": dict},
        )
        self.aids = Register(connection, collect, student_aids, StudentAid)
        self.home_pupils = Register(connection, collect, home_pupils, HomePupil)
        self.paired_children = Register(connection, collect, paired_children, PairedChild)

    def add_visit(self, visit: HomeVisit) -> None:
        """Keep a lesson given at home."""
        insert_new(self._connection, home_visits, [asdict(visit)])

    def due_aids(
        self, term: str, kind: str, area_code: str, limit: int, ids: Sequence[str] = ()
    ) -> list[StudentAid]:
        """Return, locked, what is still to be paid of *term*; of every *kind* when that is empty.

        Not of a pupil who has died or left the household: that aid waits to be withdrawn.
        """
        columns = student_aids.c
        query = select(student_aids).where(
            columns.term == term,
            columns.state == "due",
            inside(columns.area_code, area_code),
            still_there(student_aids),
        )
        if ids:
            query = query.where(columns.id.in_(ids))
        if kind:
            query = query.where(columns.kind == kind)
        return self.aids.read(query.order_by(columns.id).limit(limit), lock=True)


def _persuasions(rows: list[Mapping[str, str]]) -> tuple[Persuasion, ...]:
    return tuple(Persuasion(date.fromisoformat(one["on"]), one["role"], one["note"]) for one in rows)


def _written(persuasions: tuple[Persuasion, ...]) -> list[dict[str, Any]]:
    return [{"on": one.on.isoformat(), "role": one.role, "note": one.note} for one in persuasions]
