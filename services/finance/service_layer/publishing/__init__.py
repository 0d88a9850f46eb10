"""The published events: a module per subject; all of them are registered once this is imported."""

from services.finance.service_layer.publishing import process
from services.finance.service_layer.publishing.credit import cause_of, fixed_id
from services.finance.service_layer.publishing.publish import publish

__all__ = ["cause_of", "fixed_id", "process", "publish"]
