"""``policy/ledger.yaml`` → what the ledger asks for."""

from collections.abc import Iterable
from pathlib import Path

from services.evaluation.domain.ledger.policy import LedgerPolicy
from shared.parameters.load import load_figures


def load_ledger_policy(folder: Path, units: Iterable[str]) -> LedgerPolicy:
    """Read the policy from *folder* (``policy/`` inside); *units* are those that are assessed."""
    figures = load_figures(folder / "policy" / "ledger.yaml")
    return LedgerPolicy(
        units=frozenset(units),
        near_days=figures.whole("near_days"),
        silence_days=figures.whole("silence_days"),
        plan_days=figures.whole("plan_days"),
        confirm_days=figures.whole("confirm_days"),
        check_days=figures.whole("check_days"),
        look_back_days=figures.whole("look_back_days"),
        recurrence_months=figures.whole("recurrence_months"),
        notice_at=figures.whole("notice_at"),
        trigger_at=figures.whole("trigger_at"),
        chain=figures.table("recheck_chain"),
        categories=figures.table("categories"),
        causes=figures.table("causes"),
        sample_findings=figures.table("sample_findings"),
    )
