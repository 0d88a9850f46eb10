from sqlalchemy import text
from typer.testing import CliRunner

from deploy.commands import app
from deploy.databases import Database, migrations_of
from shared.persistence.engine import open_engine
from shared.persistence.migrate import Limits


def test_who_was_erased_is_listed_beside_a_backup(tmp_path):
    """A backup of monitoring lists beside it everybody erased, by id; a restore says what must follow."""
    data = tmp_path / "data"
    made = Database(
        "monitoring", open_engine(f"sqlite:///{data}/monitoring.db"), *migrations_of("monitoring")
    )
    made.upgrade(Limits())
    with made.engine.begin() as connection:
        connection.execute(text("INSERT INTO erased_persons VALUES ('p1', 'e1', '2022-06-01 00:00:00')"))
    made.engine.dispose()

    def run(*words):
        return CliRunner().invoke(app, [*words, "--data-dir", str(data)])

    kept = tmp_path / "kept"
    assert 0 == run("backup", "take", "monitoring", "--to", str(kept)).exit_code
    assert '[["p1","e1"]]' == "".join((kept / "erased.json").read_text().split())
    restored = run("restore", "monitoring", "--from", str(kept), "--replace")
    assert "monitoring erase again" in restored.output
