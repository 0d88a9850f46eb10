"""Limits and thresholds of the follow-up of relocated households."""

from dataclasses import dataclass

from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class RelocationPolicy:
    """None is confirmed by the county: they mark and remind, and refuse nothing."""

    return_days: DatedFigure[int]
    housing_days: DatedFigure[int]
    zero_employment_days: DatedFigure[int]
    floor_area_per_person: DatedFigure[int]
    """Square metres; below it growth is a want of room."""
