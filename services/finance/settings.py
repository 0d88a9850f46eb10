"""Settings of the finance service; each can be set as ``FINANCE_<NAME>``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="FINANCE_")

    database_url: str = Field(default="sqlite:///var/finance.db", repr=False)
    policy_dir: Path = _HERE / "policy"
    migrations_dir: Path = _HERE / "migrations"
