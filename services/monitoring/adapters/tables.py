"""Every table of the monitoring database; they are declared by noun in the ``tables_*`` modules."""

from services.monitoring.adapters.metadata import idempotency, messages, metadata

__all__ = ["idempotency", "messages", "metadata"]
