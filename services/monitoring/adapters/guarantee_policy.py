"""The policy files of education, medical care and social assistance into the figures the domain asks for."""

from pathlib import Path

from services.monitoring.domain.assistance.entitlement import AssistancePolicy
from services.monitoring.domain.education.student_aid import AidPolicy
from services.monitoring.domain.guarantee_policy import EducationPolicy, MedicalPolicy
from services.monitoring.domain.medical.disease import DiseasePolicy
from shared.parameters.load import load_figures


def load_education_policy(directory: Path) -> EducationPolicy:
    """Return limits and amounts of the guarantee of education."""
    figures = load_figures(directory / "education.yaml")
    return EducationPolicy(
        return_days=figures.whole("return_days"),
        home_visits_a_month=figures.whole("home_visits_a_month"),
        pair_days=figures.whole("pair_days"),
        school_ages=figures.many("school_ages"),
        aid=AidPolicy(
            aid_amounts=figures.table("aid_amounts"),
            yulu_amounts=figures.table("yulu_amounts"),
            pay_days=figures.whole("pay_days"),
        ),
    )


def load_medical_policy(directory: Path) -> MedicalPolicy:
    """Return the limits of the guarantee of medical care."""
    figures = load_figures(directory / "medical.yaml")
    return MedicalPolicy(
        cover_by_month=figures.whole("cover_by_month"),
        subsidy_cutoff_month=figures.whole("subsidy_cutoff_month"),
        settle_days=figures.whole("settle_days"),
        disease=DiseasePolicy(
            treat_days=figures.whole("treat_days"),
            first_service_days=figures.whole("first_service_days"),
            service_months=figures.whole("service_months"),
            two_diseases=figures.many("two_diseases"),
            simple_proofs=figures.many("simple_proofs"),
        ),
    )


def load_assistance_policy(directory: Path) -> AssistancePolicy:
    """Return limits and amounts of social assistance."""
    figures = load_figures(directory / "assistance.yaml")
    return AssistancePolicy(
        decide_days=figures.whole("decide_days"),
        monthly=figures.table("monthly"),
        pay_day=figures.whole("pay_day"),
        elder_age=figures.whole("elder_age"),
        heavy_grades=figures.many("heavy_grades"),
        relief_days=figures.table("relief_days"),
        relief_limits=figures.table("relief_limits"),
        care_days=figures.whole("care_days"),
    )
