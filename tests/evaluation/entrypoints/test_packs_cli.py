import orjson
import pytest
from typer.testing import CliRunner

from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.bootstrap import bootstrap
from services.evaluation.entrypoints.cli import app
from services.evaluation.settings import Settings

RUNNER = CliRunner()


@pytest.fixture
def county(tmp_path):
    """A county's folder with an empty journal."""

    def made(name):
        folder = tmp_path / name
        folder.mkdir()
        bootstrap(Settings(database_url=f"sqlite:///{folder}/evaluation.db")).upgrade_database()
        return folder

    return made


def run(*arguments):
    return RUNNER.invoke(app, ["packs", *map(str, arguments), "--as-of", "2022-12-31"])


def test_each_county_has_its_pack_and_the_broken_one_is_named(county, tmp_path):
    """Two counties side by side, one without tables: that one is told, the other's pack verifies."""
    sound, broken = county("sound"), tmp_path / "broken"
    broken.mkdir()
    (broken / "evaluation.db").touch()
    out = tmp_path / "packs"
    result = run(sound, broken, "--out", out, "--processes", "2")
    first, second = orjson.loads((out / "packs.json").read_bytes())
    assert (1, "broken", "") == (result.exit_code, first["county"], first["digest"])
    assert "journal" in first["problem"]
    assert second["digest"] == verify_pack(out / "sound", digest=second["digest"]).digest


def test_two_counties_of_one_name(county, tmp_path):
    """One would overwrite the other: refused before anything is written."""
    folder = county("a")
    result = run(folder, f"a=sqlite:///{folder}/evaluation.db", "--out", tmp_path / "packs")
    assert (2, False) == (result.exit_code, (tmp_path / "packs").exists())


def test_a_folder_without_a_county(tmp_path):
    """Said at once, with the folder's name."""
    result = run(tmp_path, "--out", tmp_path / "packs")
    assert 2 == result.exit_code
    assert tmp_path.name in result.output.replace("\n", "").replace("│", "").replace(" ", "")
