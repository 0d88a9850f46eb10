"""What the monitoring department publishes. Owner: monitoring (see CODEOWNERS)."""

from shared.contracts.monitoring import v1

PUBLISHED = (
    v1.HouseholdRecorded,
    v1.IncomeRecorded,
    v1.VisitRecorded,
    v1.HouseholdChanged,
    v1.HouseholdChangeResolved,
    v1.ClueReported,
    v1.ClueVerified,
    v1.CaseAdvanced,
    v1.CaseIdentified,
    v1.CaseRejected,
    v1.HelperAssigned,
    v1.MeasureRequested,
    v1.MeasureRecorded,
    v1.RiskEliminated,
    v1.EliminationRolledBack,
    v1.HouseholdRelapsed,
    v1.SampleChecked,
)
