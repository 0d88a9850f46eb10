"""Alembic's entry: migrate the monitoring database."""

from services.monitoring.adapters.tables import metadata
from shared.persistence.migrate import run_env

run_env(metadata)
