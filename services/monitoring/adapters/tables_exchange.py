"""Tables of files that came in, the rows of their previews, and of what was exported to whom."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
)

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.personal import SealedJson, vault_on
from shared.messaging.columns import JsonText, UtcDateTime


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are sealed at rest; *purpose* names their column."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else vault_on(dialect).seal(value, self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else vault_on(dialect).unseal(value, self.purpose)


import_file_parts = Table(
    "import_file_parts",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", SealedBytes("import.file"), nullable=False),
)

import_jobs = Table(
    "import_jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("format", String(40), nullable=False),
    Column("file_hash", String(64), nullable=False, index=True),
    Column("file_name", String(120), nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("department", String(40), nullable=False),
    Column("month", String(6), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("uploaded_by", String(64), nullable=False),
    Column("uploaded_at", UtcDateTime(), nullable=False, index=True),
    Column("state", String(12), nullable=False, index=True),
    Column("counts", JsonText, nullable=False),
    Column("taken_at", UtcDateTime()),
    Column("previewed_at", UtcDateTime()),
    Column("approved_by", String(64), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("problem_code", String(60), nullable=False),
    Column("problem_zh", Text, nullable=False),
    Column("problem_en", Text, nullable=False),
)

import_rows = Table(
    "import_rows",
    metadata,
    Column("id", String(48), primary_key=True),
    Column("job_id", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("household_no", String(32), nullable=False),
    Column("household_id", String(36)),
    Column("household_version", Integer),
    Column("person_id", String(36)),
    Column("outcome", String(10), nullable=False),
    Column("problems", JsonText, nullable=False),
    Column("content", SealedJson("import.row")),
    Index("import_rows_in_order", "job_id", "outcome", "number"),
    Index("import_rows_by_household", "job_id", "household_no"),
)

data_exports = Table(
    "data_exports",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("format", String(40), nullable=False),
    Column("file_kind", String(4), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("whole_numbers", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_at", UtcDateTime(), nullable=False, index=True),
)
