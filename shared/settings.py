"""Settings that every service has; each service sets its own prefix and defaults."""

import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings


class ServiceSettings(BaseSettings):
    """Read once by ``bootstrap`` from the environment; frozen afterwards."""

    database_url: str
    accounts_url: str = "sqlite:///var/accounts.db"
    broker_url: str = "memory://"
    clock_file: Path | None = None
    """Set in the embedded county only: the file of the business clock."""
    batch_size: int = 500
    """Events taken in at once, at most; 500 were measured to cost a quarter less than 200."""
    session_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    """Signs the sessions; the same for all sites. A site on its own does not start without it."""
    sites: dict[str, str] = Field(default_factory=dict)
    """Where the other sites are, name to address; one that is not named is not linked to."""
