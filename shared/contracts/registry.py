"""Which model reads which event type."""

from collections.abc import Iterable
from importlib import import_module

from shared.contracts.envelope import Envelope, EventData

PUBLISHERS = ("monitoring", "employment", "finance", "evaluation")


def published(publisher: str) -> tuple[type[EventData], ...]:
    """Return every event model *publisher* has ever published, all versions."""
    models: Iterable[type[EventData]] = import_module(f"shared.contracts.{publisher}").PUBLISHED
    return tuple(models)


def _by_type() -> dict[str, type[EventData]]:
    return {model.type: model for publisher in PUBLISHERS for model in published(publisher)}


MODELS = _by_type()


def read(envelope: Envelope) -> EventData:
    """Return the body of *envelope* as its model.

    Raises ``KeyError`` for a type nobody has published and pydantic's
    ``ValidationError`` for a body that breaks its contract.
    """
    return MODELS[envelope.type].model_validate(envelope.data)
