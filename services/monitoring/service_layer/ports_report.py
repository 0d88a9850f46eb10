"""What the commands on reports and on the list of responsibilities need of the outside."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from services.monitoring.domain.report.period import Period
from services.monitoring.domain.report.report import Report, Subject, Submission
from services.monitoring.domain.report.responsibility import Responsibility


class Reports(Protocol):
    """Repository of reports; ``get`` raises ReportNotFoundError."""

    def add_new(self, owed: Sequence[Report]) -> int: ...
    def save(self, report: Report) -> None: ...
    def keep(self, submission: Submission) -> None: ...
    def get(self, report_id: str) -> Report: ...
    def last_period(self, kind: str) -> date | None: ...


class ReportFigures(Protocol):
    """What the figures of an area's report count, as of the end of its period."""

    def count(self, period: Period, area_code: str) -> dict[str, list[Subject]]: ...


class Responsibilities(Protocol):
    """Repository of who maintains which information; ``get`` raises ResponsibilityNotFoundError."""

    def add(self, one: Responsibility) -> None: ...
    def save(self, one: Responsibility) -> None: ...
    def get(self, responsibility_id: str) -> Responsibility: ...
    def in_force(self, item: str, area_code: str) -> Responsibility | None: ...


class ReportRepositories(Protocol):
    """The repositories of reports, on one transaction."""

    @property
    def reports(self) -> Reports: ...
    @property
    def responsibilities(self) -> Responsibilities: ...
