"""The year-end pack: everything a score rests on, in one folder that proves itself."""

import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.journal import JournalFacts
from services.evaluation.adapters.pack_appeals import APPEALS, appeals_file
from services.evaluation.adapters.pack_events import EVENTS, TOWNS, score_pack, write_events
from services.evaluation.adapters.pack_proof import proof_files
from services.evaluation.adapters.rules import FILES, load_rulebook
from services.evaluation.adapters.workbook import scoreboard_workbook
from services.evaluation.domain.board_document import board_document, lines_document
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard, Unit
from services.evaluation.service_layer.canonical import canonical, digest_of, sha256
from shared.kernel.errors import ConflictError

FORMAT = "shouxian-pack-1"
MANIFEST = "manifest.json"
WORKBOOK = "scoreboard.xlsx"
BOARD = "scoreboard.json"
LINES = "lines.json"
INPUTS = (EVENTS, APPEALS, TOWNS, *FILES)
"""Written as they were given; everything else in a pack follows from them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A pack that was written: where, how many events and lines, and its digest."""

    folder: Path
    events: int
    lines: int
    digest: str


def derived_files(board: Scoreboard, rulebook: Rulebook) -> dict[str, bytes]:
    """Return the files that follow from the inputs: board, lines, workbook."""
    lines = lines_document(board)
    return {
        BOARD: canonical(board_document(board, rulebook)) + b"\n",
        LINES: b"[\n" + b",\n".join(canonical(line) for line in lines) + b"\n]\n",
        WORKBOOK: workbook_of(board, rulebook),
    }


def workbook_of(board: Scoreboard, rulebook: Rulebook) -> bytes:
    """Return the workbook of *board*, the same bytes as in its pack."""
    return scoreboard_workbook(board_document(board, rulebook), lines_document(board), _catalogue(rulebook))


def _catalogue(rulebook: Rulebook) -> list[dict[str, Any]]:
    return [
        {
            "item": point.id,
            "title": point.title.zh,
            "indicator": indicator.id,
            "name": indicator.name,
            "target": indicator.target.text,
            "target_source": indicator.target.source,
            "computed": rulebook.computes(indicator.id),
        }
        for point in rulebook.work_points
        for indicator in point.indicators
    ]


def towns_file(towns: Iterable[Unit]) -> bytes:
    """Return the towns that are scored, as the pack keeps them."""
    return canonical([{"code": town.id, "name": town.name} for town in towns]) + b"\n"


def manifest_of(board: Mapping[str, str], files: Mapping[str, str]) -> bytes:
    """Return the manifest of *files* (path → SHA-256); its own digest is taken of everything else in it."""
    body = {"format": FORMAT, "as_of": board["as_of"], "known_at": board["known_at"], "files": dict(files)}
    return canonical({**body, "digest": digest_of(body)}) + b"\n"


def write_pack(
    folder: Path,
    *,
    as_of: date,
    known_at: date,
    facts: JournalFacts,
    rulebook_dir: Path,
    towns: Sequence[Unit],
) -> Written:
    """Write the pack of *as_of*, known at the end of *known_at*, to *folder*.

    The board is scored from the events written, so that a pack is in agreement
    with itself whatever is recorded meanwhile. An earlier pack is replaced only
    when the new one is whole; anything else in *folder* raises NotAPackError, and
    days that cannot be scored raise as scoring does.
    """
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        written = _fill(fresh, as_of, known_at, facts, rulebook_dir, towns)
        _take_place(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return replace(written, folder=folder)


def _fill(
    fresh: Path, as_of: date, known_at: date, facts: JournalFacts, rulebook_dir: Path, towns: Sequence[Unit]
) -> Written:
    for name in FILES:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes((rulebook_dir / name).read_bytes())
    (fresh / TOWNS).write_bytes(towns_file(towns))
    (fresh / APPEALS).write_bytes(appeals_file(facts, known_at))
    rulebook = load_rulebook(fresh)
    events = write_events(fresh / EVENTS, facts, rulebook, as_of=as_of, known_at=known_at)
    board, rulebook, _ = score_pack(fresh, as_of=as_of, known_at=known_at)
    derived = {**derived_files(board, rulebook), **proof_files(fresh, board, rulebook)}
    for name, content in derived.items():
        (fresh / name).write_bytes(content)
    hashes = {name: sha256((fresh / name).read_bytes()) for name in sorted({*INPUTS, *derived})}
    manifest = manifest_of({"as_of": as_of.isoformat(), "known_at": known_at.isoformat()}, hashes)
    (fresh / MANIFEST).write_bytes(manifest)
    return Written(fresh, events, sum(1 for _ in board.lines()), orjson.loads(manifest)["digest"])


class NotAPackError(ConflictError):
    """Raised when the folder to be replaced holds something that is not a pack; nothing was touched."""

    code = "not_a_pack"
    zh = "{folder} 中已有其他文件，不是考评包，未作改动"
    en = "{folder} holds something other than a pack; nothing was changed"


def _take_place(fresh: Path, folder: Path) -> None:
    """Put *fresh* where *folder* is. Only an empty folder or a pack may be replaced."""
    if folder.exists():
        if any(folder.iterdir()) and not (folder / MANIFEST).is_file():
            raise NotAPackError(folder=folder.name)
        shutil.rmtree(folder)
    fresh.rename(folder)


def zipped(folder: Path) -> bytes:
    """Return the pack in *folder* as a ZIP, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = zipfile.ZipInfo(path.relative_to(folder).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            name.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(name, path.read_bytes())
    return buffer.getvalue()
