import openpyxl
import pytest
from typer.testing import CliRunner

from services.monitoring.entrypoints.cli import cli
from tests.monitoring.exchange_kit import LIST, person_row, table


@pytest.fixture
def run(service, monkeypatch):
    """A function that runs a command on the service's database; returns how it ended and what it printed."""
    monkeypatch.setenv("MONITORING_DATABASE_URL", service.settings.database_url)

    def command(*words):
        done = CliRunner().invoke(cli, list(map(str, words)))
        return done.exit_code, done.output

    return command


def test_a_file_is_previewed_and_applied_only_when_asked(service, run, tmp_path):
    """Without --apply nothing changes; with it everything is recorded, and again nothing."""
    rows = [person_row(1, place) for place in (1, 2, 3)]
    path = table(tmp_path / "a.xlsx", rows, service.formats[LIST])
    code, said = run("import", path, "--format", LIST)
    assert 0 == code
    assert "previewed" in said
    assert "new 3" in said
    code, said = run("import", path, "--format", LIST, "--apply")
    assert 0 == code
    assert "applied" in said
    code, said = run("import", path, "--format", LIST)
    assert 0 == code
    assert "unchanged 3" in said


def test_wrong_rows_are_written_beside_their_reasons(service, run, tmp_path):
    """The command fails, and the file of errors says why."""
    path = table(tmp_path / "a.csv", [person_row(1, 1, relation="邻居")], service.formats[LIST])
    errors = tmp_path / "errors.xlsx"
    code, said = run("import", path, "--format", LIST, "--errors", errors)
    assert 1 == code
    assert "wrong 1" in said
    assert "与户主关系" in str(openpyxl.load_workbook(errors).worksheets[0]["A2"].value)


def test_a_list_is_exported(service, run, tmp_path):
    """Masked as a rule; as many lines as people."""
    rows = [person_row(1, place) for place in (1, 2, 3)]
    run("import", table(tmp_path / "a.csv", rows, service.formats[LIST]), "--format", LIST, "--apply")
    for ending in ("xlsx", "csv"):
        code, said = run("export", tmp_path / f"b.{ending}")
        assert (0, "3 行 · rows\n") == (code, said)
    assert rows[0]["id_number"] not in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")


def test_the_formats_are_listed(run):
    """Each by the name the command takes."""
    code, said = run("formats")
    assert 0 == code
    assert "已脱贫人口名单" in said
