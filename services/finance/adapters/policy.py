"""policy/microcredit.yaml as the domain's CreditPolicy."""

from pathlib import Path

from services.finance.domain.policy import CreditPolicy
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
