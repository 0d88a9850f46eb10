"""Policy files of grids, disputes and relocation into the figures the domain asks for."""

from pathlib import Path

from services.monitoring.domain.dispute import GovernancePolicy
from services.monitoring.domain.erasure import ErasurePolicy
from services.monitoring.domain.relocation.policy import RelocationPolicy
from shared.parameters.load import load_figures


def load_governance_policy(directory: Path) -> GovernancePolicy:
    """Return how long a dispute may stay open and how often a grid worker goes round."""
    figures = load_figures(directory / "governance.yaml")
    return GovernancePolicy(
        dispute_days=figures.whole("dispute_days"), grid_visit_days=figures.whole("grid_visit_days")
    )


def load_erasure_policy(directory: Path) -> ErasurePolicy:
    """Return how long a record is kept after somebody left."""
    return ErasurePolicy(load_figures(directory / "erasure.yaml").whole("retention_years"))


def load_relocation_policy(directory: Path) -> RelocationPolicy:
    """Return the limits and thresholds of the follow-up of relocated households."""
    figures = load_figures(directory / "relocation.yaml")
    return RelocationPolicy(
        return_days=figures.whole("return_days"),
        housing_days=figures.whole("housing_days"),
        zero_employment_days=figures.whole("zero_employment_days"),
        floor_area_per_person=figures.whole("floor_area_per_person"),
    )
