"""policy/employment.yaml as the domain's EmploymentPolicy."""

from pathlib import Path

from services.employment.domain.policy import EmploymentPolicy
from shared.parameters.load import load_figures


def load_policy(directory: Path) -> EmploymentPolicy:
    """Read the figures; one missing or of another kind stops the start."""
    figures = load_figures(directory / "employment.yaml")
    return EmploymentPolicy(
        working_age=figures.whole("working_age"),
        pay_lowest=figures.whole("pay_lowest"),
        pay_highest=figures.whole("pay_highest"),
        post_highest_age=figures.whole("post_highest_age"),
        post_pay_lowest=figures.whole("post_pay_lowest"),
        post_pay_highest=figures.whole("post_pay_highest"),
        post_term_months=figures.whole("post_term_months"),
        post_total_months=figures.whole("post_total_months"),
        due_soon_days=figures.whole("due_soon_days"),
        post_ends_soon_days=figures.whole("post_ends_soon_days"),
    )
