"""Settings of the employment service; each can be set as ``EMPLOYMENT_<NAME>``."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="EMPLOYMENT_", frozen=True)

    database_url: str = "sqlite:///var/employment.db"
    policy_dir: Path = _HERE / "policy"
    migrations_dir: Path = _HERE / "migrations"
