"""What the monitoring department tells the county, fact by fact."""

from services.monitoring.service_layer.publishing import (
    case,
    clue,
    elimination,
    governance,
    household,
    measure,
    screening,
)
from services.monitoring.service_layer.publishing.publish import publish

__all__ = ["case", "clue", "elimination", "governance", "household", "measure", "publish", "screening"]
