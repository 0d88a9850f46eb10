"""The appeals in a pack: every event of every appeal, so that each correction is seen with its ruling."""

from datetime import date
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.journal import JournalFacts
from services.evaluation.adapters.pack_events import EVENTS, DifferenceError
from services.evaluation.domain.fact import CORRECTED
from services.evaluation.service_layer.canonical import canonical

APPEALS = "appeals.json"
_FILED, _DECIDED = "evaluation.appeal_filed", "evaluation.appeal_decided"
_NAMES = (_FILED, "evaluation.appeal_accepted", _DECIDED, "evaluation.appeal_withdrawn")
"""They come after the day that is judged, and nothing is counted from them: they stand beside the events."""


def appeals_file(facts: JournalFacts, known_at: date) -> bytes:
    """Return every event of an appeal that was known at the end of *known_at*, by id."""
    found = facts.envelopes(_NAMES, as_of=known_at, known_at=known_at)
    return (
        canonical([{"event": orjson.loads(one), "recorded_on": on.isoformat()} for one, on in found]) + b"\n"
    )


def check_appeals(folder: Path) -> None:
    """Raise DifferenceError unless every correction among the events was ruled on an appeal that is cited."""
    try:
        raw = (folder / APPEALS).read_bytes()
        cited = [entry["event"] for entry in orjson.loads(raw)]
        filed = {one["data"]["appeal_id"] for one in cited if _is(one, _FILED)}
        ruled = {
            one["data"]["correction_id"]: one["data"]["appeal_id"]
            for one in cited
            if _is(one, _DECIDED) and one["data"]["outcome"] == "upheld"
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DifferenceError(APPEALS, f"cannot be read: {type(error).__name__}") from None
    if raw != canonical(orjson.loads(raw)) + b"\n":
        raise DifferenceError(APPEALS, "is not canonical")
    for line in (folder / EVENTS).read_bytes().splitlines():
        event = orjson.loads(line)["event"]
        if _is(event, CORRECTED):
            correction = str(event["data"]["correction_id"])
            if ruled.get(correction) != event["data"]["appeal_id"] or ruled[correction] not in filed:
                raise DifferenceError(
                    APPEALS, f"correction {correction} was not ruled on an appeal named here"
                )


def _is(event: dict[str, Any], name: str) -> bool:
    return str(event["type"]).rsplit(".", 1)[0] == name
