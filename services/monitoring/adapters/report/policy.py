"""The policy file of reports into the figures the domain asks for."""

from pathlib import Path

from services.monitoring.domain.report.report import ReportPolicy
from shared.parameters.load import load_figures


def load_report_policy(directory: Path) -> ReportPolicy:
    """Return how many days after its period a report is due."""
    figures = load_figures(directory / "report.yaml")
    return ReportPolicy(
        weekly_days=figures.whole("weekly_days"),
        monthly_days=figures.whole("monthly_days"),
        quarterly_days=figures.whole("quarterly_days"),
    )
