"""What the finance department publishes. Owner: finance (see CODEOWNERS)."""

from shared.contracts.finance import v1

PUBLISHED = v1.EVENTS
