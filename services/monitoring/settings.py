"""Settings of the monitoring service; each can be set as ``MONITORING_<NAME>``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="MONITORING_")

    database_url: str = Field(default="sqlite:///var/monitoring.db", repr=False)
    policy_dir: Path = _HERE / "policy"
    migrations_dir: Path = _HERE / "migrations"
    personal_data_keys: tuple[str, ...] = Field(default=(), repr=False)
    """Seal numbers of people, a JSON list: the first one seals, all of them open; a new one goes in front.
    A database on a server needs one; a SQLite file without any gets a key beside it."""
    personal_index_key: str = Field(default="", repr=False)
    """Makes the hashes by which numbers are found, and never changes; without it the last data key does."""
