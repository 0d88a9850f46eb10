"""Where a database is that an operator names: by the settings of the environment, or in a directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.databases import DATABASES, Database, UnknownDatabaseError, migrations_of, opened
from shared.kernel.errors import NotFoundError
from shared.persistence.engine import open_engine


class NoDatabaseHereError(NotFoundError):
    """Raised instead of making an empty database where there is none."""

    code = "no_database_here"
    zh = "目录中没有数据库文件 {file}"
    en = "There is no database {file} in the directory"


@contextmanager
def opened_at(name: str, data_dir: Path | None, *, missing_ok: bool = False) -> Iterator[Database]:
    """Give the database *name* of the county in *data_dir*, or of the environment when it is None.

    *missing_ok*: the file is about to be made. Raises UnknownDatabaseError and NoDatabaseHereError.
    """
    if data_dir is None:
        with opened(name) as database:
            yield database
        return
    if name not in DATABASES:
        raise UnknownDatabaseError(name=name[:20], names="、".join(DATABASES))
    file = data_dir / f"{name}.db"
    if not missing_ok and not file.is_file():
        raise NoDatabaseHereError(file=file.name)
    engine = open_engine(f"sqlite:///{file}")
    try:
        yield Database(name, engine, *migrations_of(name))
    finally:
        engine.dispose()
