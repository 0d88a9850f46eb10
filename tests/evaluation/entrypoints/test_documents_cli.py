import zipfile
from datetime import date

import docx
import pytest
from typer.testing import CliRunner

from services.evaluation.bootstrap import bootstrap
from services.evaluation.entrypoints.cli import app
from services.evaluation.service_layer.assessment import DraftAssessment, draft_assessment
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.messaging.intake import take_in
from tests.evaluation.samples import TODAY, Year, sealed


@pytest.fixture(name="data_dir", scope="module")
def _data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    service = bootstrap(
        Settings(database_url=f"sqlite:///{folder}/evaluation.db"), clock=SetClock(at_hour(TODAY, 12))
    )
    service.upgrade_database()
    take_in(sealed(Year(4).events), service.uow(), service.reader, at=service.clock())
    draft_assessment(DraftAssessment(date(2022, 12, 31), TODAY), service.uow(), service.scores)
    service.engine.dispose()
    return folder


@pytest.fixture(name="run")
def _run(data_dir):
    def run(*words):
        return CliRunner().invoke(app, [*map(str, words), "--data-dir", str(data_dir)])

    return run


def test_circular(run, tmp_path):
    """The circular is written, of the newest assessment, with the number it was given."""
    done = run("circular", "--out", tmp_path / "c.docx", "--document-no", "陇督通〔2023〕1号")
    assert 0 == done.exit_code, done.output
    assert "草案 draft" in done.output
    assert "陇督通〔2023〕1号" in {one.text for one in docx.Document(str(tmp_path / "c.docx")).paragraphs}


def test_sheets(run, tmp_path):
    """One workbook, and a page for every unit."""
    done = run("sheets", "--out", tmp_path / "sheets")
    assert 0 == done.exit_code, done.output
    written = {path.name for path in (tmp_path / "sheets").iterdir()}
    assert {"scores.xlsx", "固关镇.docx", "县水利局.docx"} <= written


def test_data(run, tmp_path):
    """All tables are in one ZIP."""
    done = run("data", "--out", tmp_path / "d.zip")
    assert 0 == done.exit_code, done.output
    assert "units.parquet" in zipfile.ZipFile(tmp_path / "d.zip").namelist()


def test_what_is_not_there_is_refused(run, tmp_path):
    """An assessment or version that does not exist is refused in words."""
    done = run("circular", "--out", tmp_path / "c.docx", "--assessment", "nobody")
    assert (1, False) == (done.exit_code, (tmp_path / "c.docx").exists())
    assert 1 == run("circular", "--out", tmp_path / "c.docx", "--version", "9").exit_code
