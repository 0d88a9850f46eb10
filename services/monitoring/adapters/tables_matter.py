"""The columns every matter with a limit has (see ``domain/matter.py``)."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata


def matter_table(name: str, *more: Column[object] | Index) -> Table:
    """Return the table of one kind of matter: the shared columns, then its own."""
    return Table(
        name,
        metadata,
        Column("id", String(36), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("area_code", String(12), nullable=False),
        Column("opened_on", Date, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("limit_confirmed", Boolean, nullable=False),
        Column("opened_by", String(64), nullable=False),
        Column("note", Text, nullable=False),
        Column("closed_on", Date),
        Column("way", String(16), nullable=False),
        Column("closed_by", String(64), nullable=False),
        Column("closing_note", Text, nullable=False),
        *more,
        Index(f"{name}_by_area", "area_code", "closed_on", "due_on"),
    )
