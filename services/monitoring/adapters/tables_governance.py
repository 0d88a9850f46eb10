"""Tables of grids, village decisions and disputes."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.tables_matter import matter_table
from shared.messaging.columns import JsonText

grids = Table(
    "grids",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    Column("level", String(8), nullable=False),
    Column("area_code", String(12), nullable=False, index=True),
    Column("duties", JsonText, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("households", Integer, nullable=False),
    Column("recorded_on", Date, nullable=False),
)

grid_workers = Table(
    "grid_workers",
    metadata,
    Column("grid_id", ForeignKey("grids.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("login", String(40), nullable=False, index=True),
    Column("name", String(60), nullable=False),
    Column("head", Boolean, nullable=False),
)

village_decisions = Table(
    "village_decisions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", String(100), nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("steps", JsonText, nullable=False),
    Column("filed_on", Date),
    Column("recorded_by", String(64), nullable=False),
    Column("filed_by", String(64), nullable=False),
    Index("village_decisions_by_area", "area_code", "filed_on"),
)

disputes = matter_table("disputes", Column("kind", String(16), nullable=False))
