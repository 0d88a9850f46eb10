"""Tables of erasure: a key per person and household, who was erased, who asked for it and confirmed it."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.personal import SealedText
from shared.messaging.columns import JsonText, UtcDateTime

person_keys = Table(
    "person_keys",
    metadata,
    # A person's id or, for what belongs to a household as a whole, the household's.
    Column("owner_id", String(36), primary_key=True),
    Column("key", SealedText("person.key"), nullable=False, info={"random": True}),
)

# One row once every process can read what is sealed by person: then it is written so (docs/migrations.md).
person_sealing = Table(
    "person_sealing",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("since", UtcDateTime(), nullable=False, info={"random": True}),
)

# Whose keys were deleted: what a backup brings back is erased again by this list.
erased_persons = Table(
    "erased_persons",
    metadata,
    Column("owner_id", String(36), primary_key=True),
    Column("erasure_id", String(36), nullable=False),
    Column("erased_at", UtcDateTime(), nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", String(36), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("ground", String(20), nullable=False),
    Column("doubts", JsonText, nullable=False),
    Column("override_reason", Text, nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("settled_by", String(64), nullable=False),
    Column("settled_on", Date),
    Column("rows", Integer),
    Index("erasures_waiting", "state", "asked_on"),
)
