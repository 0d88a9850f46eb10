"""What the supervision office tells the county, fact by fact."""

from services.evaluation.service_layer.publishing import assessment
from services.evaluation.service_layer.publishing.publish import publish

__all__ = ["assessment", "publish"]
