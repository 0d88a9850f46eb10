"""Settings of the finance service; each can be set as ``FINANCE_<NAME>``."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="FINANCE_", frozen=True)

    database_url: str = "sqlite:///var/finance.db"
    policy_dir: Path = _HERE / "policy"
    migrations_dir: Path = _HERE / "migrations"
