"""Policy files of housing, water and environment into what the domain asks for."""

from pathlib import Path

from services.monitoring.domain.environment.policy import EnvironmentPolicy
from services.monitoring.domain.housing.policy import HousingPolicy
from services.monitoring.domain.water.policy import WaterPolicy
from shared.parameters.load import load_figures


def load_housing_policy(directory: Path) -> HousingPolicy:
    """Return the limits of safe housing."""
    figures = load_figures(directory / "housing.yaml")
    return HousingPolicy(
        appraise_days=figures.whole("appraise_days"),
        evacuate_days=figures.whole("evacuate_days"),
        repair_months=figures.whole("repair_months"),
        rebuild_months=figures.whole("rebuild_months"),
        look_months=figures.whole("look_months"),
        disaster_rebuilt_by=figures.text("disaster_rebuilt_by"),
    )


def load_water_policy(directory: Path) -> WaterPolicy:
    """Return the criteria and limits of safe water."""
    figures = load_figures(directory / "water.yaml")
    return WaterPolicy(
        basic=figures.table("basic"),
        met=figures.table("met"),
        rounds_a_year=figures.whole("rounds_a_year"),
        tests_a_year=figures.whole("tests_a_year"),
        fix_days=figures.whole("fix_days"),
        problem_days=figures.whole("problem_days"),
    )


def load_environment_policy(directory: Path) -> EnvironmentPolicy:
    """Return the limits, the task and the check-list of toilets, sewage and clean villages."""
    figures = load_figures(directory / "environment.yaml")
    return EnvironmentPolicy(
        at_once_days=figures.whole("at_once_days"),
        by_deadline_days=figures.whole("by_deadline_days"),
        toilet_task=figures.table("toilet_task"),
        public_toilets=figures.whole("public_toilets"),
        sewage_checks_a_month=figures.whole("sewage_checks_a_month"),
        cleaning_items=figures.table("cleaning_items"),
    )
