"""Verify a pack from itself alone: every hash, every figure, offline and without a database."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.pack import (
    BOARD,
    FORMAT,
    INPUTS,
    LINES,
    MANIFEST,
    WORKBOOK,
    derived_files,
    manifest_of,
)
from services.evaluation.adapters.pack_appeals import check_appeals
from services.evaluation.adapters.pack_events import EVENTS, DifferenceError, score_pack
from services.evaluation.adapters.pack_proof import PROOFS, proof_files
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.service_layer.canonical import sha256
from shared.kernel.errors import Problem

_EXPECTED = frozenset({*INPUTS, BOARD, LINES, WORKBOOK, *PROOFS})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. *file* and *what* name the first difference; both are empty when the pack is sound."""

    digest: str = ""
    events: int = 0
    lines: int = 0
    file: str = ""
    what: str = ""

    @property
    def sound(self) -> bool:
        return not self.file


def verify_pack(folder: Path, *, digest: str = "") -> Verdict:
    """Recompute everything in the pack at *folder* and compare it.

    With *digest* (the one that was published) a pack that was made anew from other
    events is caught as well. Never raises for what is in the pack.
    """
    try:
        return _verify(folder, digest)
    except DifferenceError as difference:
        return Verdict(file=difference.file, what=difference.what)
    except Exception as error:  # noqa: BLE001  (whatever a forged pack makes scoring do is a finding)
        return Verdict(file=EVENTS, what=f"cannot be scored: {type(error).__name__}")


def _verify(folder: Path, digest: str) -> Verdict:
    manifest = _manifest(folder)
    if digest and manifest["digest"] != digest:
        raise DifferenceError(MANIFEST, f"the digest is {manifest['digest']}, not the published {digest}")
    _check_files(folder, manifest["files"])
    board, rulebook, events = _scored(folder, manifest)
    check_appeals(folder)
    for name, content in {**derived_files(board, rulebook), **proof_files(folder, board, rulebook)}.items():
        there = (folder / name).read_bytes()
        if there != content and not (name == WORKBOOK and _same_parts(there, content)):
            raise DifferenceError(name, _first_difference(there, content))
    return Verdict(manifest["digest"], events, sum(1 for _ in board.lines()))


def _scored(folder: Path, manifest: dict[str, Any]) -> tuple[Scoreboard, Rulebook, int]:
    days = {name: date.fromisoformat(manifest[name]) for name in ("as_of", "known_at")}
    try:
        return score_pack(folder, **days)
    except Problem as problem:
        raise DifferenceError(MANIFEST, problem.text("en")) from None
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise DifferenceError(EVENTS, f"an event cannot be counted: {type(error).__name__} {error}") from None


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest if it is written exactly as it would be from what it says."""
    try:
        raw = (folder / MANIFEST).read_bytes()
        manifest: dict[str, Any] = orjson.loads(raw)
        again = manifest_of(manifest, manifest["files"])
        date.fromisoformat(manifest["as_of"])
        date.fromisoformat(manifest["known_at"])
    except FileNotFoundError:
        raise DifferenceError(MANIFEST, "is missing") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DifferenceError(MANIFEST, f"cannot be read: {type(error).__name__}") from None
    if manifest.get("format") != FORMAT:
        raise DifferenceError(MANIFEST, "is of another format")
    if raw != again:
        raise DifferenceError(MANIFEST, "its digest does not belong to what it says")
    return manifest


def _check_files(folder: Path, listed: dict[str, str]) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(_EXPECTED ^ set(listed)):
        raise DifferenceError(name, "is not listed" if name in _EXPECTED else "does not belong in a pack")
    for name in sorted((there - {MANIFEST}) ^ set(listed)):
        raise DifferenceError(name, "is missing" if name in listed else "is not listed in the manifest")
    for name in sorted(listed):
        found = sha256((folder / name).read_bytes())
        if found != listed[name]:
            raise DifferenceError(name, f"SHA-256 is {found}, the manifest says {listed[name]}")


def _same_parts(one: bytes, other: bytes) -> bool:
    """Say whether two workbooks hold the same files: another machine may compress them otherwise."""
    try:
        return _parts(one) == _parts(other)
    except zipfile.BadZipFile:
        return False


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _first_difference(there: bytes, again: bytes) -> str:
    """Name the first line in which *there* is not what was computed *again*."""
    for number, (one, other) in enumerate(zip(there.split(b"\n"), again.split(b"\n"), strict=False), 1):
        if one != other:
            return f"line {number} is not what the events and rules give: {_where(one, other)}"
    return "is not what the events and rules give: its length differs"


def _where(one: bytes, other: bytes) -> str:
    place = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(place - 30, 0)
    found, computed = (part[start : place + 30].decode(errors="replace") for part in (one, other))
    return f"…{found}… instead of …{computed}…"
