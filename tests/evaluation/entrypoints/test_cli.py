import orjson
import pytest
from typer.testing import CliRunner

from services.evaluation.bootstrap import bootstrap
from services.evaluation.entrypoints.cli import app
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.messaging.intake import take_in
from tests.evaluation.samples import TODAY, Year, sealed


@pytest.fixture(name="data_dir")
def _data_dir(tmp_path):
    service = bootstrap(
        Settings(database_url=f"sqlite:///{tmp_path}/evaluation.db"), clock=SetClock(at_hour(TODAY, 12))
    )
    service.upgrade_database()
    take_in(sealed(Year(4).events), service.uow(), service.reader, at=service.clock())
    service.engine.dispose()
    return tmp_path


@pytest.fixture(name="run")
def _run(data_dir):
    def run(*words):
        return CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)])

    return run


def test_assess(run):
    """Every town and department is listed with its total."""
    done = run("assess", "--as-of", "2022-12-31", "--known-at", "2023-01-10")
    assert 0 == done.exit_code, done.output
    assert "固关镇" in done.output
    assert "县人社局" in done.output


def test_assess_as_json(run):
    """The JSON holds board, lines and rule hashes."""
    done = run("assess", "--as-of", "2022-12-31", "--known-at", "2023-01-10", "--json")
    assert {"scoreboard", "lines", "rules"} == set(orjson.loads(done.output))


def test_explain(run):
    """A line is explained with its arithmetic and its events."""
    done = run("explain", "610327109:I01-1@2022-12-31/2023-01-10")
    assert 0 == done.exit_code, done.output
    assert "monitoring.visit_recorded" in done.output


def test_explain_what_is_not_there(run):
    """A line that does not exist is refused in both languages."""
    done = run("explain", "610327109:I99-1@2022-12-31")
    assert 1 == done.exit_code
    assert "没有这条得分记录" in done.output


def test_replay(run):
    """The digest before equals the digest after, and both are printed."""
    done = run("replay")
    assert 0 == done.exit_code, done.output
    before, after = (line.split()[1] for line in done.output.splitlines()[:2])
    assert before == after


def test_pack_and_verify(run, tmp_path):
    """A pack written here verifies, and no longer does when a byte is flipped."""
    folder = tmp_path / "pack"
    done = run("pack", str(folder), "--as-of", "2022-12-31", "--known-at", "2023-01-10")
    assert 0 == done.exit_code, done.output
    assert 0 == CliRunner().invoke(app, ["verify-pack", str(folder)]).exit_code
    content = bytearray((folder / "lines.json").read_bytes())
    content[100] ^= 1
    (folder / "lines.json").write_bytes(content)
    flipped = CliRunner().invoke(app, ["verify-pack", str(folder)])
    assert 1 == flipped.exit_code
    assert "lines.json" in flipped.output


def test_no_county_there(tmp_path):
    """A folder without a county is said to be one."""
    done = CliRunner().invoke(app, ["replay", "--data-dir", str(tmp_path / "none")])
    assert 2 == done.exit_code
