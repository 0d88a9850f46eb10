"""Alembic's entry: migrate the evaluation database."""

from services.evaluation.adapters.tables import metadata
from shared.persistence.migrate import run_env

run_env(metadata)
