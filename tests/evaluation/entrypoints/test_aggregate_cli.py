import re
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction

import orjson
import pytest
from typer.testing import CliRunner

from services.evaluation.adapters.pack_sum import as_csv, as_json, read_pack_sum, sums_document
from services.evaluation.domain.errors import CountyTwiceError, PacksDifferError
from services.evaluation.entrypoints.cli import app
from shared.parameters.figure import DatedFigure, FigureEntry, Label
from tests.evaluation.copies import copied
from tests.evaluation.samples import TODAY

DAY = date(2022, 12, 31)
RUNNER = CliRunner()


def run(*arguments):
    return RUNNER.invoke(app, ["aggregate", *map(str, arguments)])


@pytest.fixture(name="pack", scope="module")
def _pack(told_year, tmp_path_factory):
    """The pack of a county's year, in a folder of its code."""
    folder = tmp_path_factory.mktemp("packs")
    copied(
        told_year,
        folder / "year.db",
        lambda service: service.write_pack(folder / "610327", as_of=DAY, known_at=TODAY),
        ids="aggregate",
    )
    return folder / "610327"


@pytest.fixture(name="sums", scope="module")
def _sums(pack):
    """What that county has, and another of which the same was told."""
    one = read_pack_sum(pack)
    other = {name: replace(mine, county="610399") for name, mine in one.sums.items()}
    return [one, replace(one, county="610399", sums=other)]


def table_of(sums, smallest=0):
    """Return the table by a policy by which nothing is too small: the sample's counts are all a few."""
    entry = FigureEntry(date(2022, 1, 1), smallest, "test", confirmed=True)
    return sums_document(sums, DatedFigure("smallest_cell", Label("", ""), "cases", (entry,)))


def test_two_counties_are_the_sum_of_both(sums):
    """Of two alike counties each figure is twice the one's and rates stay."""
    single, double = (table_of(some)["indicators"] for some in (sums[:1], sums))
    assert [(line["indicator"], 2 * Fraction(line["numerator"])) for line in single] == [
        (line["indicator"], Fraction(line["numerator"])) for line in double
    ]
    assert [line["value"] for line in single if line["unit"] == "%"] == [
        line["value"] for line in double if line["unit"] == "%"
    ]
    assert len(single) > 40


def test_the_same_table_in_any_order(sums):
    """Whoever sends first: the same bytes, as JSON and as CSV."""
    tables = [table_of(some) for some in (sums, sums[::-1])]
    assert [1, 1] == [len({form(table) for table in tables}) for form in (as_json, as_csv)]


def test_one_county_in_two_packs(sums):
    """The same county twice would count twice: refused."""
    with pytest.raises(CountyTwiceError):
        table_of([sums[0], sums[0]])


def test_packs_of_other_days_or_rules_are_not_added(sums):
    """A sum of different days, or of what was counted by different rules, is refused with what differs."""
    later = replace(sums[1], as_of=date(2022, 11, 30))
    other = replace(sums[1], rules={**sums[1].rules, "I01-1": "0" * 64})
    for pack, what in ((later, "as_of"), (other, "rule I01-1")):
        with pytest.raises(PacksDifferError) as refused:
            table_of([sums[0], pack])
        assert what == refused.value.details["what"]


def test_small_counts_and_whoever_they_are_about_stay_in_the_county(pack, tmp_path):
    """By the policy as shipped a few are withheld; no household, town or department is in the table."""
    out = tmp_path / "table.csv"
    assert 0 == run(pack, "--out", out).exit_code
    table = out.read_text("utf-8-sig")
    assert "-,-,-" in table
    assert {"610327", "total"} == {line.rsplit(",", 4)[1] for line in table.splitlines()[1:]}
    people = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|610327\d|县[^,]*局")
    assert [] == people.findall(re.sub(r"^[^,]*,[^,]*,", "", table, flags=re.MULTILINE))


def test_a_forged_pack_stops_all(pack, tmp_path):
    """One altered byte in one pack: it is named, and there is no table."""
    forged = shutil.copytree(pack, tmp_path / "forged")
    content = (forged / "lines.json").read_bytes()
    (forged / "lines.json").write_bytes(content.replace(b'"numerator":"1"', b'"numerator":"7"', 1))
    result = run(forged, pack, "--out", tmp_path / "table.json")
    assert (1, False) == (result.exit_code, (tmp_path / "table.json").exists())
    assert "forged" in result.output
    assert "lines.json" in result.output


def test_a_pack_must_be_the_one_that_was_published(pack, tmp_path):
    """A sound pack with another digest than its county told, or with none told, is refused."""
    digests = tmp_path / "packs.json"
    digests.write_bytes(orjson.dumps([{"county": "610327", "digest": "0" * 64}]))
    out = tmp_path / "t.json"
    other, untold = (run(one, "--out", out, "--digests", digests).exit_code for one in (pack, pack.parent))
    assert (1, 2, False) == (other, untold, out.exists())
