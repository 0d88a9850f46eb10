"""What the county settled about field work: dated figures, each of which says whether it is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.evaluation.domain.field_work.point_account import Line
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
