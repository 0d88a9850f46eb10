"""The tables of the accounts' database, as its migrations leave them."""

from pathlib import Path

import sqlalchemy as sa

from shared.audit.tables import audit_tables

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "accounts_version"
"""Not alembic's usual name: on a developer's machine the accounts may lie in a service's database."""

metadata = sa.MetaData()
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("login", sa.String(40), nullable=False, unique=True),
    sa.Column("display_name", sa.String(100), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("unit", sa.String(100), nullable=False),
    sa.Column("service", sa.String(32)),
    sa.Column("area_code", sa.String(12), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    # Who it is at the county's own sign-in (OIDC: issuer and subject); null for a local account.
    sa.Column("subject", sa.String(255)),
    sa.Index("accounts_by_subject", "subject", unique=True),
)
failures = sa.Table(
    "sign_in_failures",
    metadata,
    # A digest: people type their password into the wrong box.
    sa.Column("login_digest", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
)
ended_sessions = sa.Table(
    "ended_sessions",
    metadata,
    sa.Column("session_id", sa.String(64), primary_key=True),
    sa.Column("until", sa.BigInteger, nullable=False),  # seconds since 1970: then its cookie expires anyway
)
audit_entry, audit_head = audit_tables(metadata)
