"""The policy file of help into the figures the domain asks for."""

from pathlib import Path

from services.monitoring.domain.help_light import HelpPolicy
from shared.parameters.load import load_figures


def load_help_policy(directory: Path) -> HelpPolicy:
    """Return when labour without development is listed, and what runs on after an elimination."""
    figures = load_figures(directory / "help.yaml")
    return HelpPolicy(
        development_months=figures.whole("development_months"), running_on=figures.table("running_on")
    )
