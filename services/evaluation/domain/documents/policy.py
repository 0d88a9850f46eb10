"""What the county settled about the documents of the year-end assessment."""

from dataclasses import dataclass

from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class DocumentPolicy:
    """Figures of policy/documents.yaml; each says itself whether it is confirmed."""

    issuer: DatedFigure[str]
    document_no: DatedFigure[str]
    addressees: DatedFigure[str]
    copies_to: DatedFigure[str]
    reply_days: DatedFigure[int]
    named_units: DatedFigure[int]
    named_points: DatedFigure[int]
