"""Settings of the employment service; each can be set as ``EMPLOYMENT_<NAME>``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="EMPLOYMENT_")

    database_url: str = Field(default="sqlite:///var/employment.db", repr=False)
    policy_dir: Path = _HERE / "policy"
    migrations_dir: Path = _HERE / "migrations"
