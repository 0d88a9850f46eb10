"""The files are opened with other programs' readers, and say what the assessment says."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction

import docx
import duckdb
import openpyxl
import pytest

from services.evaluation.adapters.documents.circular_docx import circular_docx
from services.evaluation.adapters.documents.data_set import write_data_set
from services.evaluation.adapters.documents.policy import load_document_policy
from services.evaluation.adapters.documents.score_book import score_book
from services.evaluation.adapters.documents.unit_docx import unit_docx
from services.evaluation.bootstrap import bootstrap
from services.evaluation.domain.documents.circular import DRAFT, CircularGiven, year_end_circular
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.service_layer.assessment import DraftAssessment, draft_assessment
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.intake import take_in
from tests.evaluation.frozen_results import frozen, three_towns
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2023, 1, 20)


def opened(content):
    return docx.Document(io.BytesIO(content))


def asked(query):
    with duckdb.connect(":memory:") as connection:
        return connection.execute(query).fetchall()


def book_of(content, *, values):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


@pytest.fixture(name="circular", scope="module")
def _circular(rulebook):
    policy = load_document_policy(Settings.model_fields["rulebook_dir"].default)

    def make(*, published=False):
        result = frozen(rulebook, published=published)
        return circular_docx(year_end_circular(result, policy, CircularGiven(DAY)), result.version.made_on)

    return make


@pytest.fixture(name="service", scope="module")
def _service(tmp_path_factory):
    """A county with a small year, which nothing here changes."""
    url = f"sqlite:///{tmp_path_factory.mktemp('county')}/evaluation.db"
    service = bootstrap(
        Settings(database_url=url), clock=SetClock(at_hour(TODAY, 12)), ids=SeededIds("evaluation")
    )
    service.upgrade_database()
    take_in(sealed(Year(4).events), service.uow(), service.reader, at=service.clock())
    return service


@pytest.fixture(name="drafted", scope="module")
def _drafted(service):
    assessment = draft_assessment(DraftAssessment(date(2022, 12, 31), TODAY), service.uow(), service.scores)
    return FrozenResult.of(service.reads.version(assessment, 1), service.rulebook)


def test_the_circulars_tables_are_the_board(rulebook, circular):
    """Ranks and totals of the first two tables are those frozen, towns and departments apart."""
    tables = opened(circular()).tables
    rows = [[cell.text for cell in row.cells] for table in tables[:2] for row in table.rows[1:]]
    expected = [[str(one["rank"] or "—"), one.name, one["total"] or "—"] for one in frozen(rulebook).units()]
    assert expected == [[row[0], row[1], row[-2]] for row in rows]


def test_the_page_of_an_official_document(circular):
    """A4, 37 mm at the head, the body in 仿宋_GB2312 of size 3, fonts with substitutes, a page number."""
    document = opened(circular())
    section = document.sections[0]
    assert (210, 297, 37, 35, 28, 26) == tuple(
        round(side.mm)
        for side in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    )
    with zipfile.ZipFile(io.BytesIO(circular())) as parts:
        fonts, styles = (parts.read(f"word/{name}.xml").decode() for name in ("fontTable", "styles"))
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in fonts
    assert 'w:eastAsia="仿宋_GB2312"' in styles
    assert 'w:instr="PAGE"' in section.footer._element.xml


@pytest.mark.parametrize("published", [True, False])
def test_a_draft_is_marked_on_every_page(circular, published):
    """The head of odd and even pages says draft, unless it is the published result."""
    section = opened(circular(published=published)).sections[0]
    heads = [header.paragraphs[0].text for header in (section.header, section.even_page_header)]
    assert (["", ""] if published else [f"【{DRAFT}】"] * 2) == heads


def test_sources_are_raised_and_listed(circular):
    """A raised number in the text is a row of the last table, with the id of its line."""
    document = opened(circular())
    raised = {run.text for one in document.paragraphs for run in one.runs if run.font.superscript}
    assert raised
    assert {f"[{row.cells[0].text}]" for row in document.tables[-1].rows[1:]} == raised


def test_documents_are_the_same_bytes(rulebook, circular):
    """Made twice, each file is the same to the byte; nothing in it depends on when it was made."""
    result = frozen(rulebook)
    assert circular() == circular()
    assert unit_docx(result, result.towns[1]) == unit_docx(result, result.towns[1])
    assert score_book(result) == score_book(result)


def test_a_units_page(rulebook):
    """It holds the unit's total and says which version it was made from."""
    result = frozen(rulebook)
    document = opened(unit_docx(result, result.towns[1]))
    assert "60.00" == document.tables[0].rows[1].cells[0].text
    assert any("第1版" in one.text for one in document.paragraphs)


def test_subtotals_are_live_and_kept(rulebook):
    """Under each section stands a SUM with its value; together they are the unit's points."""
    content = score_book(frozen(rulebook))
    formulas, values = book_of(content, values=False)["乙镇"], book_of(content, values=True)["乙镇"]
    rows = [row for row in range(1, formulas.max_row + 1) if formulas.cell(row, 2).value == "小计"]
    assert all(re.fullmatch(r"=SUM\(F\d+:F\d+\)", formulas.cell(row, 6).value) for row in rows)
    total = next(
        row for row in range(1, values.max_row + 1) if values.cell(row, 2).value == "合计（计入基数）"
    )
    assert (9, 4, 5) == tuple(values.cell(total, column).value for column in (5, 6, 7))
    assert 4 == sum(values.cell(row, 6).value for row in rows)


def test_the_book_agrees_with_the_assessment(drafted):
    """Of a scored county every total in the book is the frozen one, whether a formula or a number."""
    values = book_of(score_book(drafted), values=True)
    for sheet, units in (("各镇", drafted.towns), ("县级部门", drafted.departments)):
        found = {row[1]: (row[0], row[2]) for row in values[sheet].iter_rows(min_row=5, values_only=True)}
        for unit in units:
            total = None if unit["total"] is None else float(unit["total"])
            assert (unit["rank"] or "", total) == found[unit.name], unit.name


def test_a_formula_says_what_its_value_says(drafted):
    """Where the total is a formula over points won and points that applied, they give the frozen total."""
    seen = 0
    for unit in drafted.units():
        whole = unit.sum_of(line.item for line in unit.lines)
        if whole.rate is not None and whole.rate == Fraction(unit["total_exact"]):
            seen += 1
            assert Decimal(unit["total"]) == two_decimals(whole.rate)
    assert seen


def test_what_applied_is_what_the_board_says(drafted):
    """The lines of a unit's base, gaps included, come to the points the frozen board says applied."""
    for unit in drafted.units():
        applied = unit.sum_of(line.item for line in unit.lines).full
        if unit["total"] is not None:
            assert Fraction(unit["available_points"]) == applied, unit.name


def test_the_data_set(service, drafted, tmp_path):
    """CSV and Parquet hold the same rows: exact totals, every line, shares that add up, no household."""
    target = tmp_path / "data.zip"
    assert ("units", "parts", "lines", "shares", "events") == write_data_set(
        target, drafted, service.scores, service.engine
    )
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path)
    units = list(csv.DictReader((tmp_path / "units.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [one["total_exact"] or "" for one in drafted.units()] == [one["total_exact"] for one in units]
    totals = asked(f"SELECT total FROM '{tmp_path}/units.parquet'")
    expected = [None if one["total"] is None else Decimal(one["total"]) for one in drafted.units()]
    assert expected == [total for (total,) in totals]
    counted = asked(f"SELECT count(*) FROM '{tmp_path}/lines.parquet'")
    assert [(len(drafted.version.lines),)] == counted
    header = (tmp_path / "events.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "event,type,occurred_on,recorded_at_utc,town" == header


def test_shares_add_up_to_their_line(service, drafted, tmp_path):
    """The shares of a line of numbers give its numerator."""
    target = tmp_path / "data.zip"
    write_data_set(target, drafted, service.scores, service.engine)
    with zipfile.ZipFile(target) as archive:
        shares = list(csv.DictReader(archive.read("shares.csv").decode("utf-8-sig").splitlines()))
    for line in (line for unit in drafted.units() for line in unit.lines if line.indicator == "I01-1"):
        mine = sum(Fraction(one["numerator_exact"]) for one in shares if one["line"] == line.id)
        assert Fraction(line["numerator"]) == mine, line.id


def test_the_data_set_is_the_same_bytes(service, drafted, tmp_path):
    """Written twice it is the same to the byte, Parquet included."""
    for name in ("one.zip", "two.zip"):
        write_data_set(tmp_path / name, drafted, service.scores, service.engine)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_shares_of_other_rules_are_left_out(rulebook, service, drafted, tmp_path):
    """A version the journal no longer gives has no shares, and the file says why."""
    target = tmp_path / "data.zip"
    changed = frozen(rulebook)
    assert "shares" not in write_data_set(target, changed, service.scores, service.engine)
    with zipfile.ZipFile(target) as archive:
        assert "shares: left out" in archive.read("README.txt").decode()


def test_no_text_is_a_formula(rulebook, service, tmp_path):
    """What a spreadsheet would calculate is text in data and sheets; an exact fraction stays as it is."""
    towns, departments, lines = three_towns()
    lines[0]["working"] = "=1+1"
    result = frozen(rulebook, parts=(towns, departments, lines))
    write_data_set(tmp_path / "data.zip", result, service.scores, service.engine)
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        rows = list(csv.DictReader(archive.read("lines.csv").decode("utf-8-sig").splitlines()))
    found = {(row["unit"], row["indicator"]): row for row in rows}
    assert "'=1+1" == found["甲镇", "I01-1"]["working"]
    assert "-1" == found["乙镇", "I37-4"]["points_exact"]
    cells = [cell for row in book_of(score_book(result), values=False)["甲镇"].iter_rows() for cell in row]
    assert ["s"] == [cell.data_type for cell in cells if cell.value == "=1+1"]
