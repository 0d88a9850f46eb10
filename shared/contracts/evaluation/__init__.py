"""What the supervision office publishes. Owner: evaluation (see CODEOWNERS)."""

from shared.contracts.evaluation import v1

PUBLISHED = v1.EVENTS
