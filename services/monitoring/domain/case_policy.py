"""The dated policy a case is decided by: limits, the monitoring line, the checks of the comparison."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitoring.domain.timer import Limits
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class CasePolicy:
    """*line* is in fen per head and year; *checks* names per check who owns the data."""

    limits: Limits
    line: DatedFigure[int]
    checks: Mapping[str, DatedFigure[str]]
