"""policy/microcredit.yaml and policy/projects.yaml as what the domain works by."""

from pathlib import Path

from services.finance.domain.policy import CreditPolicy
from services.finance.domain.project_policy import ProjectPolicy
from shared.parameters.load import load_figures


def load_policy(directory: Path) -> CreditPolicy:
    """Read the figures; one missing or of another kind stops the start."""
    figures = load_figures(directory / "microcredit.yaml")
    return CreditPolicy(
        household_types=figures.many("household_types"),
        household_types_extended=figures.many("household_types_extended"),
        lowest_age=figures.whole("lowest_age"),
        highest_age=figures.whole("highest_age"),
        amount_highest=figures.whole("amount_highest"),
        top_up_highest=figures.whole("top_up_highest"),
        term_highest_months=figures.whole("term_highest_months"),
        lpr_one_year=figures.decimal("lpr_one_year"),
        lpr_five_years=figures.decimal("lpr_five_years"),
        rating_needed=figures.flag("rating_needed"),
        uses=figures.table("uses"),
        forbidden_uses=figures.table("forbidden_uses"),
        live_loans_highest=figures.whole("live_loans_highest"),
        renewals_highest=figures.whole("renewals_highest"),
        extensions_highest=figures.whole("extensions_highest"),
        subsidy_share=figures.decimal("subsidy_share"),
        overdue_red_percent=figures.decimal("overdue_red_percent"),
        overdue_amber_percent=figures.decimal("overdue_amber_percent"),
        maturity_notice_days=figures.many("maturity_notice_days"),
        due_soon_days=figures.whole("due_soon_days"),
    )


def load_project_policy(directory: Path) -> ProjectPolicy:
    """Read the figures for funds, projects and assets; one missing or of another kind stops the start."""
    figures = load_figures(directory / "projects.yaml")
    return ProjectPolicy(
        county_match_due=figures.text("county_match_due"),
        issue_days=figures.whole("issue_days"),
        start_due=figures.text("start_due"),
        start_days=figures.whole("start_days"),
        acceptance_days=figures.whole("acceptance_days"),
        handover_due=figures.text("handover_due"),
        rectify_days=figures.whole("rectify_days"),
        announcement_days=figures.whole("announcement_days"),
        announcement_elements=figures.many("announcement_elements"),
        pay_days=figures.whole("pay_days"),
        association_answer_days=figures.whole("association_answer_days"),
        station_distribution_days=figures.whole("station_distribution_days"),
        station_wage_share=figures.decimal("station_wage_share"),
        firm_project_due=figures.text("firm_project_due"),
    )
