"""What a migration may not do while the release before it still works: read from its SQL."""

import re
from collections.abc import Collection, Iterator

_COMMENT = re.compile(r"--[^\n]*")
_SPACE = re.compile(r"\s+")
_CREATED = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?\"?(\w+)\"?", re.IGNORECASE)
_COLUMN = re.compile(r"ALTER TABLE (?:ONLY )?\"?(\w+)\"? ADD COLUMN \"?(\w+)\"? ?(.*)", re.IGNORECASE)
_INDEX = re.compile(
    r"CREATE (UNIQUE )?INDEX (CONCURRENTLY )?(?:IF NOT EXISTS )?\"?\w+\"? ON (?:ONLY )?\"?(\w+)\"?"
    r"(?: USING \w+)? \(([^)]*)\)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:ALTER TABLE|UPDATE|DELETE FROM|TRUNCATE|LOCK TABLE|DROP TABLE(?: IF EXISTS)?) (?:ONLY )?\"?(\w+)\"?",
    re.IGNORECASE,
)
_CONTRACTIONS = (
    (re.compile(r"\bDROP (?!INDEX CONCURRENTLY)", re.IGNORECASE), "drops what the running release may use"),
    (re.compile(r"\bRENAME\b", re.IGNORECASE), "renames what the running release may use"),
    (re.compile(r"ALTER COLUMN \S+ (?:SET DATA )?TYPE\b", re.IGNORECASE), "changes a column's type"),
    (re.compile(r"\bSET NOT NULL\b", re.IGNORECASE), "demands a value the running release may not write"),
    (
        re.compile(r"\bADD (?:CONSTRAINT \S+ )?(?:CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY)\b", re.IGNORECASE),
        "adds a constraint to a table in use",
    ),
    (
        re.compile(r"^(?:UPDATE|DELETE FROM|TRUNCATE|LOCK TABLE)\b", re.IGNORECASE),
        "moves data or holds a table; that belongs into a backfill",
    ),
)


def contractions(sql: str, *, version_table: str, small_tables: Collection[str] = ()) -> list[str]:
    """Return what in *sql* does more than expand: one sentence with its statement for each; best none.

    A table that *sql* itself creates may be done anything to; nobody uses it yet.
    Indexes on tables that were there must be built concurrently unless they are
    in *small_tables*, and unique ones only over columns that are new too.
    """
    created = {version_table}
    columns: set[tuple[str, str]] = set()
    found: list[str] = []
    for statement in _statements(sql):
        if made := _CREATED.match(statement):
            created.add(made[1])
            continue
        table = _table_of(statement)
        if table in created:
            continue
        if added := _COLUMN.match(statement):
            columns.add((added[1], added[2]))
        found += [f"{why}: {statement}" for why in _reasons(statement, columns, small_tables)]
    return found


def _statements(sql: str) -> Iterator[str]:
    for part in _COMMENT.sub("", sql).split(";\n"):
        statement = _SPACE.sub(" ", part).strip(" ;")
        if statement and statement.upper() not in {"BEGIN", "COMMIT"}:
            yield statement


def _table_of(statement: str) -> str:
    if index := _INDEX.match(statement):
        return index[3]
    changed = _CHANGED.match(statement) or re.match(r"INSERT INTO \"?(\w+)\"?", statement, re.IGNORECASE)
    return changed[1] if changed else ""


def _reasons(
    statement: str, new_columns: set[tuple[str, str]], small_tables: Collection[str]
) -> Iterator[str]:
    for pattern, why in _CONTRACTIONS:
        if pattern.search(statement):
            yield why
    added = _COLUMN.match(statement)
    if added and "NOT NULL" in added[3].upper() and "DEFAULT" not in added[3].upper():
        yield "adds a column the running release does not fill"
    index = _INDEX.match(statement)
    if index is None:
        return
    unique, concurrently, table, over = index.groups()
    names = [name.strip().strip('"').split(" ")[0] for name in over.split(",")]
    if not concurrently and table not in small_tables:
        yield "keeps writers waiting while the index is built; use create_index_concurrently"
    if unique and not any((table, name) in new_columns for name in names):
        yield "refuses rows the running release may write"
