"""A household's timeline speaks in words, not in the names of events."""

import json
from pathlib import Path

import shared.contracts.monitoring as contracts
from services.monitoring.entrypoints.web.timeline import _WORDS

_SAMPLES = Path(contracts.__file__).parent / "samples"


def _of_households() -> set[str]:
    found = set()
    for path in _SAMPLES.glob("*.json"):
        sample = json.loads(path.read_text(encoding="utf-8"))
        if sample.get("data", sample).get("household_id"):
            found.add(f"monitoring.{path.name.split('.')[0]}")
    return found


def test_every_event_of_a_household_is_called_something() -> None:
    """No event monitoring publishes about a household is shown by its technical name."""
    assert "monitoring.warning_raised" in _of_households()
    assert set() == _of_households() - set(_WORDS)
