"""Facts the finance department tells the county, version 1; a module per subject."""

from shared.contracts.finance.v1 import asset, cooperative, credit, fund, project
from shared.contracts.finance.v1.credit import (
    LoanApplied,
    LoanApproved,
    LoanDisbursed,
    LoanOverdue,
    LoanRefused,
    LoanRepaid,
    MeasureAccepted,
    MeasureDeclined,
    MeasureDelivered,
)

EVENTS = (*credit.EVENTS, *fund.EVENTS, *project.EVENTS, *asset.EVENTS, *cooperative.EVENTS)

__all__ = [
    "EVENTS",
    "LoanApplied",
    "LoanApproved",
    "LoanDisbursed",
    "LoanOverdue",
    "LoanRefused",
    "LoanRepaid",
    "MeasureAccepted",
    "MeasureDeclined",
    "MeasureDelivered",
]
