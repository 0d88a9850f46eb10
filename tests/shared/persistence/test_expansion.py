import pytest

from shared.persistence.expansion import contractions

EXPANDING = """BEGIN;
-- Running upgrade 0001 -> 0002
CREATE TABLE pumps (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX pumps_by_id ON pumps (id);
ALTER TABLE pumps ADD COLUMN kind VARCHAR(2) NOT NULL;
ALTER TABLE wells ADD COLUMN depth INTEGER;
ALTER TABLE wells ADD COLUMN tried INTEGER DEFAULT '0' NOT NULL;
UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';
COMMIT;
"""


def found(statement: str) -> list[str]:
    return contractions(f"BEGIN;\n{statement};\nCOMMIT;\n", version_table="alembic_version")


def test_what_only_expands():
    """New tables, nullable columns and columns with a server's default pass; so does alembic's own table."""
    assert [] == contractions(EXPANDING, version_table="alembic_version")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DROP TABLE wells", "drops"),
        ("ALTER TABLE wells DROP COLUMN depth", "drops"),
        ("DROP INDEX wells_by_depth", "drops"),
        ("ALTER TABLE wells RENAME TO pits", "renames"),
        ("ALTER TABLE wells RENAME depth TO deep", "renames"),
        ("ALTER TABLE wells ALTER COLUMN depth TYPE BIGINT", "changes a column's type"),
        ("ALTER TABLE wells ALTER COLUMN depth SET NOT NULL", "demands a value"),
        ("ALTER TABLE wells ADD COLUMN kind VARCHAR(2) NOT NULL", "does not fill"),
        ("ALTER TABLE wells ADD CONSTRAINT deep CHECK (depth > 0)", "adds a constraint"),
        ("ALTER TABLE wells ADD CONSTRAINT one UNIQUE (depth)", "adds a constraint"),
        ("UPDATE wells SET depth = 0", "moves data"),
        ("DELETE FROM wells", "moves data"),
        ("CREATE INDEX wells_by_depth ON wells (depth)", "keeps writers waiting"),
        ("CREATE UNIQUE INDEX CONCURRENTLY w ON wells (depth)", "refuses rows"),
    ],
)
def test_what_the_running_release_cannot_bear(statement, why):
    """Each way of taking something away from the running release is found, with its statement."""
    (sentence,) = found(statement)
    assert why in sentence
    assert statement in sentence


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX CONCURRENTLY wells_by_depth ON wells (depth)",
        "DROP INDEX CONCURRENTLY IF EXISTS wells_by_depth",
    ],
)
def test_an_index_built_beside_the_work(statement):
    """An index that is built concurrently, and the removal of an invalid one, hold up nobody."""
    assert [] == found(statement)


def test_a_unique_index_over_a_new_column():
    """A unique index passes when one of its columns is new: the running release leaves that null."""
    sql = "ALTER TABLE wells ADD COLUMN tag VARCHAR(9);\nCREATE UNIQUE INDEX CONCURRENTLY w ON wells (tag);\n"
    assert [] == contractions(sql, version_table="alembic_version")


def test_small_tables():
    """A plain index passes on a table that is known to be small."""
    sql = "CREATE INDEX wells_by_depth ON wells (depth);\n"
    assert [] == contractions(sql, version_table="alembic_version", small_tables=["wells"])
