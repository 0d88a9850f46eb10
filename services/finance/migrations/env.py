"""Alembic's entry: migrations of the finance database."""

from services.finance.adapters.tables import metadata
from shared.persistence.migrate import run_env

run_env(metadata)
