"""Settings that every service has; each service sets its own prefix and defaults."""

from pathlib import Path

from pydantic_settings import BaseSettings


class ServiceSettings(BaseSettings):
    """Read once by ``bootstrap`` from the environment; frozen afterwards."""

    database_url: str
    accounts_url: str = "sqlite:///var/accounts.db"
    broker_url: str = "memory://"
    clock_file: Path | None = None
    """Set in the embedded county only: the file of the business clock."""
    batch_size: int = 200
    session_secret: str = ""
    """Empty: the process makes its own at start, and sessions end with it."""
