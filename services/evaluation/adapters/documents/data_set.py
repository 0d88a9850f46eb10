"""All data of a version as one ZIP: each table as CSV and, written from that very CSV, as Parquet."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from pathlib import Path

from sqlalchemy import Engine, select

from services.evaluation.adapters.documents.data_tables import (
    Cell,
    DataTable,
    events_table,
    lines_table,
    parts_table,
    shares_table,
    units_table,
)
from services.evaluation.adapters.documents.fixed_zip import zip_files
from services.evaluation.adapters.tables import journal
from services.evaluation.domain.assessment import Version
from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.domain.scoring import counted_facts
from services.evaluation.service_layer.canonical import digest_of
from services.evaluation.service_layer.score import Scores
from shared.contracts.registry import MODELS
from shared.kernel.clock import end_of
from shared.persistence.engine import reading

README = "README.txt"
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_FRACTION = re.compile(r"-?\d+(\.\d+)?(/\d+)?")


def write_data_set(target: Path, result: FrozenResult, scores: Scores, engine: Engine) -> tuple[str, ...]:
    """Write the ZIP to *target* and return the names of its tables; the same version is the same bytes.

    Shares are not frozen: they are counted again from the journal, and are in it only
    where that gives the digest of the version.
    """
    version = result.version
    tables = [units_table(result), parts_table(result), lines_table(result)]
    board = board_of(version, scores)
    if board is not None:
        tables.append(shares_table(board))
    tables.append(events_table(_events(engine, scores, version.as_of, version.known_at)))
    with tempfile.TemporaryDirectory() as scratch:
        files: dict[str, Path] = {}
        for table in tables:
            at = Path(scratch) / f"{table.name}.csv"
            _write_csv(at, table)
            files[at.name] = at
            files[f"{table.name}.parquet"] = _write_parquet(at, table)
        files[README] = Path(scratch) / README
        files[README].write_text(_readme(result, tables, shares=board is not None), encoding="utf-8")
        zip_files(target, files)
    return tuple(table.name for table in tables)


def board_of(version: Version, scores: Scores) -> Scoreboard | None:
    """Return the board of *version* counted again; None where rules or journal give it no more."""
    board = scores.board(version.as_of, version.known_at)
    if digest_of(assessed_document(board, scores.rulebook)) == version.digest:
        return board
    if version.made_at is None:
        return None
    board = scores.board_at(version.as_of, version.made_at)
    return board if digest_of(assessed_document(board, scores.rulebook)) == version.digest else None


def _events(engine: Engine, scores: Scores, as_of: date, known_at: date) -> Iterator[Sequence[Cell]]:
    wanted = counted_facts(scores.rulebook)
    types = sorted(type_ for type_ in MODELS if type_.rsplit(".", 1)[0] in wanted)
    columns = journal.c
    query = (
        select(columns.event_id, columns.type, columns.occurred_on, columns.recorded_at, columns.town)
        .where(columns.type.in_(types), columns.occurred_on <= as_of, columns.recorded_at < end_of(known_at))
        .order_by(columns.event_id)
    )
    with reading(engine) as connection:
        for event, type_, occurred, recorded, town in connection.execute(
            query, execution_options={"yield_per": 5_000}
        ):
            yield (
                event,
                type_,
                occurred.isoformat(),
                recorded.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "),
                town,
            )


def _write_csv(at: Path, table: DataTable) -> None:
    """Write the rows as UTF-8 that a spreadsheet opens; no text is a formula to it."""
    with at.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([name for name, _ in table.columns])
        writer.writerows([_harmless(cell) for cell in row] for row in table.rows)


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and _FORMULA.match(cell) and not _FRACTION.fullmatch(cell):
        return f"'{cell}"
    return cell


def _write_parquet(at: Path, table: DataTable) -> Path:
    """Write the CSV at *at* as Parquet beside it, in the order of its rows, by one thread."""
    import duckdb  # noqa: PLC0415  (large, and nothing else needs it)

    target = at.with_suffix(".parquet")
    options: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": "256MB",
    }
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in table.columns)
    with duckdb.connect(":memory:", config=options) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{at}', header=true, delim=',', quote='\"', escape='\"', "  # noqa: S608  (our own names)
            f"nullstr='', columns={{{types}}})) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return target


def _readme(result: FrozenResult, tables: Iterable[DataTable], *, shares: bool) -> str:
    version = result.version
    state = "published" if result.published else "DRAFT, not published 草案，未公布"
    lines = [
        f"{result.named} ({state})",
        f"as of {version.as_of}, known at {version.known_at}, made on {version.made_on}",
        "Points and totals: two decimals as published; *_exact: the exact fraction as text. Money: fen.",
        "CSV is UTF-8 with a byte order mark; a text a spreadsheet would calculate begins with '.",
        "Parquet holds the same rows with types (decimal, date). No person and no household is named.",
        "",
    ]
    lines += [
        f"{table.name}: {table.says}\n  {', '.join(name for name, _ in table.columns)}" for table in tables
    ]
    if not shares:
        lines.append(
            "shares: left out. Counted again, the journal does not give this version's digest "
            "(rules or code changed since). 明细份额未附：现行规则重算与固化版本不一致。"
        )
    return "\n".join(lines) + "\n"
