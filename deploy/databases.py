"""The databases of a county as an operator names them: each service's own, and the accounts'."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from deploy.hosting import NAMES
from shared.accounts.tables import MIGRATIONS as ACCOUNTS_MIGRATIONS
from shared.accounts.tables import VERSION_TABLE as ACCOUNTS_VERSION_TABLE
from shared.kernel.errors import InvalidInputError
from shared.persistence.engine import open_engine
from shared.persistence.migrate import VERSION_TABLE, DatabaseState, Limits, state_of, upgrade
from shared.settings import ServiceSettings, setting_of

ACCOUNTS = "accounts"
DATABASES = (ACCOUNTS, *NAMES)
"""In the order in which they are upgraded: nobody can sign in to a site without the accounts."""


class UnknownDatabaseError(InvalidInputError):
    """Raised for a name that is no service's."""

    code = "unknown_database"
    zh = "没有这个数据库：{name}；可用：{names}"
    en = "There is no database {name}; there are: {names}"


@dataclass(frozen=True, slots=True)
class Database:
    """One database with the migrations this release has for it."""

    name: str
    engine: Engine
    migrations: Path
    version_table: str = VERSION_TABLE

    def state(self) -> DatabaseState:
        """Return how it stands to this release; reads only."""
        return state_of(self.engine, self.migrations, version_table=self.version_table)

    def upgrade(self, limits: Limits) -> tuple[str, ...]:
        """Bring it to the newest migration and return what was missing; see ``persistence.migrate``."""
        if self.engine.dialect.name == "sqlite":
            Path(str(self.engine.url.database)).parent.mkdir(parents=True, exist_ok=True)
        missing = self.state().missing
        upgrade(self.engine, self.migrations, limits, version_table=self.version_table)
        return missing


@contextmanager
def opened(name: str) -> Iterator[Database]:
    """Give the database *name*, by the settings of the environment; raises UnknownDatabaseError."""
    if name not in DATABASES:
        raise UnknownDatabaseError(name=name[:20], names="、".join(DATABASES))
    database = _accounts() if name == ACCOUNTS else _of_service(name)
    try:
        yield database
    finally:
        database.engine.dispose()


def migrations_of(name: str) -> tuple[Path, str]:
    """Return where the migrations of a database lie and which table keeps its revision; opens nothing."""
    if name == ACCOUNTS:
        return ACCOUNTS_MIGRATIONS, ACCOUNTS_VERSION_TABLE
    return Path(__file__).parents[1] / "services" / name / "migrations", VERSION_TABLE


def _of_service(name: str) -> Database:
    # The settings alone: whoever migrates needs no key to anybody's data.
    settings: ServiceSettings = import_module(f"services.{name}.settings").Settings()
    return Database(name, open_engine(settings.database_url), *migrations_of(name))


def _accounts() -> Database:
    names = ("SHOUXIAN_ACCOUNTS_URL", *(f"{name.upper()}_ACCOUNTS_URL" for name in NAMES))
    given = (url for name in names if (url := setting_of(name)))
    url = next(given, cast("str", ServiceSettings.model_fields["accounts_url"].default))
    return Database(ACCOUNTS, open_engine(url), *migrations_of(ACCOUNTS))
