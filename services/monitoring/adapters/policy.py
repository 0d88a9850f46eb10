"""Policy files into the figures the domain asks for; a figure that is missing stops the start."""

from pathlib import Path

from services.monitoring.adapters.place_policy import load_housing_policy, load_water_policy
from services.monitoring.domain.change import WarningThresholds
from services.monitoring.domain.clue import CluePolicy
from shared.parameters.figure import DatedFigure
from shared.parameters.load import load_figures


def load_monitoring_line(directory: Path) -> DatedFigure[int]:
    """Return the monitoring line, in fen per person and year."""
    return load_figures(directory / "monitoring_line.yaml").whole("monitoring_line")


def load_clue_policy(directory: Path) -> CluePolicy:
    """Return how long a clue may wait and what other departments' facts point to."""
    figures = load_figures(directory / "clue.yaml")
    return CluePolicy(
        verify_days=figures.whole("verify_days"),
        return_days=load_figures(directory / "education.yaml").whole("return_days"),
        lost_job_risk=figures.text("lost_job_risk"),
        overdue_loan_risk=figures.text("overdue_loan_risk"),
    )


def load_warning_thresholds(directory: Path) -> WarningThresholds:
    """Return from when a change raises a clue by itself."""
    figures = load_figures(directory / "warning_thresholds.yaml")
    return WarningThresholds(
        illness_lifted_out=figures.whole("illness_lifted_out"),
        illness_other=figures.whole("illness_other"),
        accident=figures.whole("accident"),
        disaster=figures.whole("disaster"),
        business_loss_share=figures.decimal("business_loss_share"),
        house_grades=figures.many("house_grades"),
        water_problems=figures.many("water_problems"),
        always=figures.many("always"),
        housing=load_housing_policy(directory),
        water=load_water_policy(directory),
    )
