"""What lets others check a pack with a JSON reader alone: hash chain, shares, rules, firmness of ranks."""

import hashlib
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.pack_events import EVENTS
from services.evaluation.adapters.rules import FILES, plain
from services.evaluation.domain.counting import Counted
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.service_layer.canonical import canonical, sha256
from services.evaluation.service_layer.robustness import firmness_document
from shared.parameters.strict_yaml import read_document

CHAIN = "events.sha256"
SHARES = "shares.jsonl"
RULES = "rules.json"
ROBUSTNESS = "robustness.json"
PROOFS = (CHAIN, SHARES, RULES, ROBUSTNESS)
"""They follow from the inputs, as the board does; deploy/verifier/verify_pack.py reads them."""

_START = "0" * 64


def proof_files(folder: Path, board: Scoreboard, rulebook: Rulebook) -> dict[str, bytes]:
    """Return the proofs of the pack in *folder*, whose inputs are there and gave *board*."""
    return {
        CHAIN: chain_of(folder / EVENTS),
        SHARES: shares_of(board),
        RULES: rules_as_json(folder),
        ROBUSTNESS: canonical(firmness_document(board, rulebook)) + b"\n",
    }


def chain_of(events: Path) -> bytes:
    """Return one line for each event: the hash of the one before it with its own bytes, and its id.

    The last hash stands for all events and their order. Who drops, adds or alters one
    breaks the chain at that event and nowhere else.
    """
    link, chain = _START, []
    with events.open("rb") as lines:
        for raw in lines:
            link = hashlib.sha256(link.encode() + raw).hexdigest()
            chain.append(f"{link} {orjson.loads(raw)['event']['id']}\n".encode())
    return b"".join(chain)


def shares_of(board: Scoreboard) -> bytes:
    """Return what each line adds up from: subject, numerator, denominator, and the events that decided it.

    Lines with the same shares (departments with the county's value) stand together.
    """
    same: dict[tuple[Counted, ...], list[str]] = {}
    for line in board.lines():
        same.setdefault(tuple(line.counted), []).append(board.line_id(line))
    groups = sorted((sorted(lines), shares) for shares, lines in same.items())
    return b"".join(
        canonical({"lines": lines, "shares": [_share(one) for one in shares]}) + b"\n"
        for lines, shares in groups
    )


def _share(one: Counted) -> list[Any]:
    return [one.subject, str(one.numerator), str(one.denominator), list(one.evidence)]


def rules_as_json(folder: Path) -> bytes:
    """Return every rule and policy file as JSON, each with the SHA-256 of the YAML it was read from."""
    files = {
        name: {
            "sha256": sha256((folder / name).read_bytes()),
            "document": plain(read_document(folder / name).data),
        }
        for name in FILES
    }
    return canonical(files) + b"\n"
