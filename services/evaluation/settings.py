"""Settings of the evaluation service; each can be set as ``EVALUATION_<NAME>``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

_HERE = Path(__file__).parent


class Settings(ServiceSettings):
    """The defaults are those of a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="EVALUATION_")

    database_url: str = Field(default="sqlite:///var/evaluation.db", repr=False)
    rulebook_dir: Path = _HERE
    """The folder that holds ``rules/`` and ``policy/``."""
    migrations_dir: Path = _HERE / "migrations"
