"""What the monitoring department tells the county, fact by fact."""

from services.monitoring.service_layer.publishing import (
    assistance,
    case,
    clue,
    comparison,
    education,
    elimination,
    environment,
    governance,
    household,
    housing,
    measure,
    medical,
    quality,
    report,
    screening,
    water,
)
from services.monitoring.service_layer.publishing.publish import publish

__all__ = [
    "assistance",
    "case",
    "clue",
    "comparison",
    "education",
    "elimination",
    "environment",
    "governance",
    "household",
    "housing",
    "measure",
    "medical",
    "publish",
    "quality",
    "report",
    "screening",
    "water",
]
