"""What the supervision office tells the county, fact by fact."""

from services.evaluation.service_layer.publishing import (
    assessment,
    dispatch,
    field_work,
    ledger,
    reporting,
    supervision,
)
from services.evaluation.service_layer.publishing.publish import publish

__all__ = ["assessment", "dispatch", "field_work", "ledger", "publish", "reporting", "supervision"]
