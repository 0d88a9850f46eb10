"""The dated limits of the guarantees of education and medical care."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.education.student_aid import AidPolicy
from services.monitoring.domain.medical.disease import DiseasePolicy
from shared.parameters.figure import DatedFigure

_SCHOOL_YEAR = (9, 1)


@dataclass(frozen=True, slots=True)
class EducationPolicy:
    """Limits of plan item 6; each figure knows its paper and whether it is confirmed."""

    return_days: DatedFigure[int]
    home_visits_a_month: DatedFigure[int]
    pair_days: DatedFigure[int]
    school_ages: DatedFigure[tuple[int, ...]]
    aid: AidPolicy

    def of_school_age(self, born_on: date, day: date) -> bool:
        """Whether a child is of compulsory school age, counted at 1 September (rule 5_15_016)."""
        after, until = self.born_for_school(day)
        return after < born_on <= until

    def born_for_school(self, day: date) -> tuple[date, date]:
        """Return after which day and until which day a child of school age on *day* was born."""
        first, last = self.school_ages.on(day)
        year = day.year if (day.month, day.day) >= _SCHOOL_YEAR else day.year - 1
        return date(year - last - 1, *_SCHOOL_YEAR), date(year - first, *_SCHOOL_YEAR)


@dataclass(frozen=True, slots=True)
class MedicalPolicy:
    """Limits of plan item 7."""

    cover_by_month: DatedFigure[int]
    subsidy_cutoff_month: DatedFigure[int]
    settle_days: DatedFigure[int]
    disease: DiseasePolicy
