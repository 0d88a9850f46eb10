"""The events inside a pack: written canonical and by id, read back as facts, scored from there alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.journal import JournalFacts
from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.domain.errors import KnownBeforeItHappenedError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard, Unit
from services.evaluation.domain.scoring import counted_facts, score
from shared.contracts.registry import MODELS

EVENTS = "events.jsonl"
TOWNS = "towns.json"


class DifferenceError(Exception):
    """A pack is not what it should be: *file* and *what* name where and how."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file}: {what}")
        self.file = file
        self.what = what


def _line(event: dict[str, Any], recorded_on: str) -> bytes:
    """Return one line; for what events hold (text, whole numbers, flags) these are RFC 8785 bytes."""
    return orjson.dumps({"event": event, "recorded_on": recorded_on}, option=orjson.OPT_SORT_KEYS) + b"\n"


def write_events(file: Path, facts: JournalFacts, rulebook: Rulebook, *, as_of: date, known_at: date) -> int:
    """Write every event a score could rest on, with the day it was recorded; return how many."""
    count = 0
    names = counted_facts(rulebook)
    with file.open("wb") as out:
        for envelope, recorded_on in facts.envelopes(names, as_of=as_of, known_at=known_at):
            out.write(_line(orjson.loads(envelope), recorded_on.isoformat()))
            count += 1
    return count


def score_pack(folder: Path, *, as_of: date, known_at: date) -> tuple[Scoreboard, Rulebook, int]:
    """Score what is in *folder* (events, rules, policy, towns) alone; return the number of events too.

    Raises DifferenceError for a file that cannot be used, KnownBeforeItHappenedError
    and BeforeFirstDayError for days that cannot be scored.
    """
    try:
        rulebook = load_rulebook(folder)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise DifferenceError("rules", f"cannot be used: {error}") from None
    try:
        listed = orjson.loads((folder / TOWNS).read_bytes())
        towns = [Unit(town["code"], town["name"], "town") for town in listed]
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise DifferenceError(TOWNS, f"cannot be used: {error}") from None
    if known_at < as_of:
        raise KnownBeforeItHappenedError(known_at=known_at.isoformat(), as_of=as_of.isoformat())
    facts = list(_facts(folder / EVENTS, counted_facts(rulebook), as_of, known_at))
    board = score(facts, rulebook, towns, as_of=as_of, known_at=known_at)
    return board, rulebook, len(facts)


def _facts(file: Path, wanted: frozenset[str], as_of: date, known_at: date) -> Iterator[Fact]:
    """Yield the events of the pack; refuses one that is out of place or could not have been known."""
    before = ""
    with file.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            where = f"line {number}"
            try:
                line = orjson.loads(raw)
                event = line["event"]
                fact = fact_of(event)
                if event["type"] in MODELS:
                    MODELS[event["type"]].model_validate(event["data"])
                recorded_on = date.fromisoformat(line["recorded_on"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DifferenceError(EVENTS, f"{where} cannot be read: {type(error).__name__}") from None
            if raw != _line(event, line["recorded_on"]):
                raise DifferenceError(EVENTS, f"{where} is not canonical")
            if fact.event_id <= before:
                raise DifferenceError(EVENTS, f"{where} is out of order or there twice")
            known = recorded_on <= known_at and fact.occurred_on <= as_of
            if not known or event["type"] not in MODELS or fact.name not in wanted:
                raise DifferenceError(EVENTS, f"{where} does not belong in this pack")
            before = fact.event_id
            yield fact


def fact_of(event: dict[str, Any]) -> Fact:
    """Return the fact an envelope tells, read as JSON."""
    data = event["data"]
    area_code = str(data.get("area_code") or "")
    return Fact(
        event["id"],
        event["type"].rsplit(".", 1)[0],
        str(data.get("household_id") or ""),
        area_code[:9] if len(area_code) >= 9 else "",  # noqa: PLR2004  (digits of a town's code)
        date.fromisoformat(data["occurred_on"]),
        data,
    )
