"""What the commands on assessments, appeals and marks need of the outside."""

from collections.abc import Sequence
from typing import Protocol

from services.evaluation.domain.appeal import Appeal
from services.evaluation.domain.assessment import Assessment, Version
from services.evaluation.domain.mark import Mark


class Assessments(Protocol):
    """Repository of assessments and their versions; ``get`` raises UnknownAssessmentError."""

    def get(self, assessment_id: str) -> Assessment: ...
    def version(self, assessment_id: str, number: int) -> Version:
        """Return a version as it was made; raises UnknownVersionError."""
        ...

    def last_published_of(self, year: int) -> Assessment | None: ...
    def add(self, assessment: Assessment) -> None: ...
    def save(self, assessment: Assessment) -> None: ...
    def keep(self, version: Version) -> None:
        """Keep a version, for ever as it is."""
        ...


class Appeals(Protocol):
    """Repository of appeals; ``get`` raises UnknownAppealError."""

    def get(self, appeal_id: str) -> Appeal: ...
    def of_assessment(self, assessment_id: str) -> Sequence[Appeal]:
        """Return every appeal against any version of it, in the order they came."""
        ...

    def open_against(self, assessment_id: str, unit: str, indicator: str) -> bool: ...
    def add(self, appeal: Appeal) -> None: ...
    def save(self, appeal: Appeal) -> None: ...


class Marks(Protocol):
    """Repository of judged marks; a mark stays as it is."""

    def count(self, unit: str, item: str, period: str) -> int:
        """Return how many marks were given for the same thing."""
        ...

    def add(self, mark: Mark) -> None: ...
