"""Where what field work keeps is kept, and the figures it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from services.evaluation.domain.field_work.cadre import Cadre
from services.evaluation.domain.field_work.point_account import Line, PointAccount
from services.evaluation.domain.field_work.training import Attendance, TrainingClass
from services.evaluation.domain.field_work.work_entry import WorkEntry
from services.evaluation.service_layer.ports_dispatch import Keeps
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class FieldWorkPolicy:
    """Figures of policy/field_work.yaml; each says itself whether it is confirmed."""

    training_days: DatedFigure[int]
    opening: DatedFigure[Decimal]
    lines: DatedFigure[Mapping[str, Any]]
    complaint_days: DatedFigure[int]

    def lines_on(self, day: date) -> tuple[Line, ...]:
        """Return the lines at which an act is proposed, highest first."""
        lines = (Line(str(act), Decimal(at)) for act, at in self.lines.on(day).items())
        return tuple(sorted(lines, key=lambda line: -line.at))


class FieldWork(Protocol):
    """The repositories of field work."""

    @property
    def cadres(self) -> Keeps[Cadre]: ...
    @property
    def classes(self) -> Keeps[TrainingClass]: ...
    @property
    def accounts(self) -> Keeps[PointAccount]: ...
    @property
    def entries(self) -> Keeps[WorkEntry]: ...
    def numbers_taken(self, numbers: Sequence[str]) -> set[str]: ...
    def attend(self, class_id: str, attended: Sequence[Attendance]) -> None: ...
    def keep_points(
        self, account: PointAccount, points: Decimal, reason: str, note: str, on: date
    ) -> None: ...
