"""What the finance department publishes. Owner: finance (see CODEOWNERS)."""

from shared.contracts.finance import v1

PUBLISHED = (
    v1.LoanApplied,
    v1.LoanApproved,
    v1.LoanRefused,
    v1.LoanDisbursed,
    v1.LoanRepaid,
    v1.LoanOverdue,
    v1.MeasureAccepted,
    v1.MeasureDelivered,
    v1.MeasureDeclined,
)
