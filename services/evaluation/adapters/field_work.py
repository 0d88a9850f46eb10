"""Field work in SQL: cadres, classes, point accounts, the register of work; and its policy file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, insert, select

from services.evaluation.adapters.kept import Kept
from services.evaluation.adapters.tables import (
    cadres,
    class_attendance,
    point_accounts,
    point_entries,
    training_classes,
    work_entries,
)
from services.evaluation.domain.field_work.cadre import Cadre
from services.evaluation.domain.field_work.errors import UnknownFieldWorkError
from services.evaluation.domain.field_work.point_account import PointAccount
from services.evaluation.domain.field_work.policy import FieldWorkPolicy
from services.evaluation.domain.field_work.training import Attendance, ClassState, TrainingClass
from services.evaluation.domain.field_work.work_entry import WorkEntry
from shared.kernel.aggregate import Aggregate
from shared.parameters.load import load_figures

Collect = Callable[[Aggregate], None]


@dataclass(frozen=True, slots=True)
class SqlFieldWork:
    """The repositories of field work on one transaction; see ``ports_field_work``."""

    connection: Connection
    cadres: Kept[Cadre]
    classes: Kept[TrainingClass]
    accounts: Kept[PointAccount]
    entries: Kept[WorkEntry]

    @classmethod
    def on(cls, connection: Connection, collect: Collect) -> "SqlFieldWork":
        """Return them on *connection*."""
        unknown = UnknownFieldWorkError
        return cls(
            connection,
            Kept(connection, collect, Cadre, cadres, unknown=unknown),
            Kept(
                connection,
                collect,
                TrainingClass,
                training_classes,
                unknown=unknown,
                states={"state": ClassState},
            ),
            Kept(connection, collect, PointAccount, point_accounts, unknown=unknown),
            Kept(connection, collect, WorkEntry, work_entries, unknown=unknown),
        )

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Return those of *numbers* that somebody in post has."""
        query = select(cadres.c.number).where(cadres.c.number.in_(numbers), cadres.c.left_on.is_(None))
        return set(self.connection.execute(query).scalars())

    def home_kept(self, area_code: str, name: str) -> bool:
        """Say whether a home of that *name* stands in the register of the village."""
        columns = work_entries.c
        query = select(columns.id).where(
            columns.kind == "home",
            columns.area_code == area_code,
            columns.text == name,
            columns.withdrawn_on.is_(None),
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def attend(self, class_id: str, attended: Sequence[Attendance]) -> None:
        """Keep who attended a class."""
        rows = [
            {"class_id": class_id, "cadre_id": one.cadre_id, "passed": one.passed}
            for one in {one.cadre_id: one for one in attended}.values()
        ]
        if rows:
            self.connection.execute(insert(class_attendance), rows)

    def keep_points(self, account: PointAccount, points: Decimal, reason: str, note: str, on: date) -> None:
        """Keep one entry of an account, as it stands after it."""
        self.connection.execute(
            insert(point_entries).values(
                account_id=account.id,
                sequence=account.entries,
                entered_on=on,
                reason=reason,
                points=points,
                balance=account.balance,
                note=note,
            )
        )


def load_field_work_policy(folder: Path) -> FieldWorkPolicy:
    """Read ``policy/field_work.yaml`` in *folder*; raises ``ParameterFileError``."""
    file = load_figures(folder / "policy" / "field_work.yaml")
    return FieldWorkPolicy(
        training_days=file.whole("new_post_training_days"),
        opening=file.decimal("points_opening"),
        lines=file.table("points_lines"),
        complaint_days=file.whole("complaint_days"),
    )
