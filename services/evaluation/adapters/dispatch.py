"""Dispatch in SQL: reports, meetings, sites, undertakings; and its policy file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from services.evaluation.adapters.kept import Kept
from services.evaluation.adapters.tables import (
    demonstration_sites,
    meeting_duties,
    progress_reports,
    quarterly_meetings,
    undertakings,
)
from services.evaluation.domain.dispatch.action import DispatchPolicy
from services.evaluation.domain.dispatch.errors import UnknownDispatchError
from services.evaluation.domain.dispatch.meeting import MeetingDuty, QuarterlyMeeting
from services.evaluation.domain.dispatch.progress import ProgressReport, ProgressState
from services.evaluation.domain.dispatch.site import DemonstrationSite, SiteState
from services.evaluation.domain.dispatch.undertaking import Undertaking, UndertakingState
from shared.kernel.aggregate import Aggregate
from shared.parameters.load import load_figures

Collect = Callable[[Aggregate], None]


@dataclass(frozen=True, slots=True)
class SqlDispatch:
    """The repositories of dispatch on one transaction; see ``ports_dispatch``."""

    connection: Connection
    reports: Kept[ProgressReport]
    duties: Kept[MeetingDuty]
    meetings: Kept[QuarterlyMeeting]
    sites: Kept[DemonstrationSite]
    undertakings: Kept[Undertaking]

    @classmethod
    def on(cls, connection: Connection, collect: Collect) -> "SqlDispatch":
        """Return them on *connection*."""
        unknown = UnknownDispatchError
        return cls(
            connection,
            Kept(
                connection,
                collect,
                ProgressReport,
                progress_reports,
                unknown=unknown,
                states={"state": ProgressState},
            ),
            Kept(connection, collect, MeetingDuty, meeting_duties, unknown=unknown),
            Kept(connection, collect, QuarterlyMeeting, quarterly_meetings, unknown=unknown),
            Kept(
                connection,
                collect,
                DemonstrationSite,
                demonstration_sites,
                unknown=unknown,
                states={"state": SiteState},
            ),
            Kept(
                connection,
                collect,
                Undertaking,
                undertakings,
                unknown=unknown,
                states={"state": UndertakingState},
            ),
        )

    def last_month(self) -> str | None:
        """Return the last month for which progress is owed, None before the first."""
        return self.connection.execute(select(func.max(progress_reports.c.month))).scalar_one_or_none()

    def last_quarter(self) -> str | None:
        """Return the last quarter for which meetings are owed, None before the first."""
        return self.connection.execute(select(func.max(meeting_duties.c.quarter))).scalar_one_or_none()

    def last_year_of_sites(self) -> int | None:
        """Return the last year whose sites are planned, None before the first."""
        return self.connection.execute(select(func.max(demonstration_sites.c.year))).scalar_one_or_none()


def no_facts(_one: Aggregate) -> None:
    """Tell nobody: what is read for a page raises nothing."""


def load_dispatch_policy(folder: Path) -> DispatchPolicy:
    """Read ``policy/dispatch.yaml`` in *folder*; raises ``ParameterFileError``."""
    file = load_figures(folder / "policy" / "dispatch.yaml")
    return DispatchPolicy(
        actions=file.table("actions"),
        filing_days=file.whole("filing_days"),
        meeting_days=file.whole("meeting_days"),
    )
