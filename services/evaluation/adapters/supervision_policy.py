"""The policy file of supervision into the figures the domain asks for; a missing figure stops the start."""

from pathlib import Path

from services.evaluation.domain.supervision import SupervisionPolicy
from shared.parameters.load import load_figures

FILE = "policy/supervision.yaml"
LEDGER = "policy/ledger.yaml"
"""At which recurrence a trigger is proposed is the ledger's figure: one figure, one file."""


def load_supervision_policy(folder: Path) -> SupervisionPolicy:
    """Read the figures from *folder* (``policy/`` inside); raises ``ParameterFileError``."""
    figures, ledger = load_figures(folder / FILE), load_figures(folder / LEDGER)
    return SupervisionPolicy(
        order_reply_days=figures.whole("order_reply_days"),
        order_reply_hour=figures.whole("order_reply_hour"),
        order_near_hours=figures.whole("order_near_hours"),
        order_trigger_days=figures.whole("order_trigger_days"),
        recurrence_trigger_times=ledger.whole("trigger_at"),
        sample_villages=figures.whole("sample_villages"),
        sample_registered=figures.whole("sample_registered"),
        sample_others=figures.whole("sample_others"),
        subjects=figures.many("inspection_subjects"),
        outcomes=figures.many("outcome_categories"),
    )
