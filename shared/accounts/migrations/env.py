"""Alembic's entry: migrate the accounts' database."""

from shared.accounts.tables import VERSION_TABLE, metadata
from shared.persistence.migrate import run_env

run_env(metadata, version_table=VERSION_TABLE)
