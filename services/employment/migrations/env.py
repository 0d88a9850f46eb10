"""Alembic's entry: migrations of the employment database."""

from services.employment.adapters.tables import metadata
from shared.persistence.migrate import run_env

run_env(metadata)
