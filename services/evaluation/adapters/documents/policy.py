"""``policy/documents.yaml`` → what stands on documents."""

from pathlib import Path

from services.evaluation.domain.documents.policy import DocumentPolicy
from shared.parameters.load import load_figures


def load_document_policy(folder: Path) -> DocumentPolicy:
    """Read the policy from *folder* (``policy/`` inside)."""
    figures = load_figures(folder / "policy" / "documents.yaml")
    return DocumentPolicy(
        issuer=figures.text("issuer"),
        document_no=figures.text("document_no"),
        addressees=figures.text("addressees"),
        copies_to=figures.text("copies_to"),
        reply_days=figures.whole("reply_days"),
        named_units=figures.whole("named_units"),
        named_points=figures.whole("named_points"),
    )
