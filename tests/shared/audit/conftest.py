"""An empty audit trail on both databases, and hands that reach past its guards."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from shared.audit import Deed, Trace, Who, append
from shared.audit.migration_1 import create_audit
from shared.persistence.engine import WRITING, open_engine

NOON = datetime(2022, 6, 15, 4, 0, 0, 123456, tzinfo=UTC)
_GUARDS = ("audit_entry_no_update", "audit_entry_no_delete", "audit_head_no_delete", "audit_head_moves_on")


def create(engine):
    """Make the tables as the migrations do, guards included."""
    writing = engine.execution_options(**WRITING)
    with writing.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        create_audit()


@pytest.fixture(name="url", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _url(request, tmp_path):
    return (
        f"sqlite:///{tmp_path}/one.db" if request.param == "sqlite" else request.getfixturevalue("database")
    )


@pytest.fixture
def engine(url):
    """A database of each kind with an empty trail."""
    engine = open_engine(url)
    create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def local(tmp_path):
    """An empty trail on SQLite."""
    engine = open_engine(f"sqlite:///{tmp_path}/local.db")
    create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def entered():
    """Enter so many deeds, a transaction each or all in one."""

    def enter(engine, count, *, at_once=False):
        writing = engine.execution_options(**WRITING)
        deeds = [
            Deed(
                "case.verify",
                Who(f"account-{number % 3}", "town", "城关镇"),
                Trace("web", f"request-{number}"),
                object_kind="case",
                object_id=f"case-{number}",
                details={"code": "ok", "count": number},
            )
            for number in range(1, count + 1)
        ]
        if at_once:
            with writing.begin() as connection:
                for number, deed in enumerate(deeds):
                    append(connection, deed, at=NOON + timedelta(seconds=number))
            return
        for number, deed in enumerate(deeds):
            with writing.begin() as connection:
                append(connection, deed, at=NOON + timedelta(seconds=number))

    return enter


@pytest.fixture
def past_the_guards():
    """Run statements as somebody who owns the database can: with the triggers away."""

    def run(engine, *statements):
        with engine.execution_options(**WRITING).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
                connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER USER"))
            else:
                for guard in _GUARDS:
                    connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
            for statement in statements:
                connection.execute(text(statement) if isinstance(statement, str) else statement)

    return run
