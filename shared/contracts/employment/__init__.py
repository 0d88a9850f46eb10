"""What the employment department publishes. Owner: employment (see CODEOWNERS)."""

from shared.contracts.employment import v1

PUBLISHED = (
    v1.JobStarted,
    v1.JobEnded,
    v1.PostPlaced,
    v1.PostEnded,
    v1.PostAttendanceRecorded,
    v1.MeasureAccepted,
    v1.MeasureDelivered,
    v1.MeasureDeclined,
)
