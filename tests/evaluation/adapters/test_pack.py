import shutil
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import orjson
import pytest

from services.evaluation.adapters.pack import NotAPackError, zipped
from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.domain.errors import BeforeFirstDayError, KnownBeforeItHappenedError
from tests.evaluation.copies import copied
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="written", scope="module")
def _written(told_year, tmp_path_factory):
    """The pack of the year, written once; tests get copies."""
    folder, packs = tmp_path_factory.mktemp("packs"), []

    def write(service):
        packs.append(service.write_pack(folder / "pack", as_of=DAY, known_at=TODAY))

    copied(told_year, folder / "year.db", write, ids="pack")
    return packs[0]


@pytest.fixture(name="pack")
def _pack(written, tmp_path):
    return replace(written, folder=shutil.copytree(written.folder, tmp_path / "pack"))


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_pack_proves_itself(pack):
    """What was written is sound, with the digest that was told."""
    verdict = verify_pack(pack.folder, digest=pack.digest)
    assert ("", pack.digest, pack.events) == (verdict.what, verdict.digest, verdict.events)


def test_the_same_events_give_the_same_bytes(pack, new_service, tell, tmp_path):
    """Another service that took the events in backwards writes the same pack, byte for byte."""
    other = new_service()
    tell(other, sealed(Year(4).events)[::-1])
    again = other.write_pack(tmp_path / "again", as_of=DAY, known_at=TODAY)
    assert contents(pack.folder) == contents(again.folder)
    assert zipped(pack.folder) == zipped(again.folder)


def test_evidence_is_in_the_pack(pack):
    """Every event a line names is among the events of the pack."""
    lines = orjson.loads((pack.folder / "lines.json").read_bytes())
    written = (pack.folder / "events.jsonl").read_bytes().splitlines()
    events = {orjson.loads(line)["event"]["id"] for line in written}
    named = {event for line in lines for event in line["events"]}
    assert named
    assert set() == named - events


def test_a_pack_takes_the_place_of_an_earlier_one(pack, service, tell, tell_year):
    """Writing again replaces the pack whole."""
    tell_year(service)
    tell(service, sealed(Year(5).events, seed="more"))
    again = service.write_pack(pack.folder, as_of=DAY, known_at=TODAY)
    assert pack.digest != again.digest
    assert verify_pack(pack.folder, digest=again.digest).sound


def test_somebody_elses_folder_is_left_alone(pack, service, tmp_path):
    """A folder with anything but a pack in it is not replaced."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    with pytest.raises(NotAPackError):
        service.write_pack(tmp_path / "home", as_of=DAY)
    assert not (tmp_path / "home.new").exists()
    assert {"letter.txt": b"dear"} == contents(tmp_path / "home")


def test_a_day_that_cannot_be_scored_leaves_nothing_behind(service, tmp_path):
    """Before the plan counted there is no pack, and no half of one."""
    with pytest.raises(BeforeFirstDayError):
        service.write_pack(tmp_path / "early", as_of=date(2021, 12, 31))
    assert [] == [path for path in tmp_path.iterdir() if path.name.startswith("early")]


def test_the_workbook_says_what_the_board_says(pack):
    """Totals and ranks of the workbook are those of the JSON."""
    board = orjson.loads((pack.folder / "scoreboard.json").read_bytes())
    book = openpyxl.load_workbook(BytesIO((pack.folder / "scoreboard.xlsx").read_bytes()))
    rows = list(book["各镇"].iter_rows(min_row=5, values_only=True))
    expected = [
        (unit["rank"], unit["name"], None if unit["total"] is None else float(unit["total"]))
        for unit in board["towns"]
    ]
    assert expected == [(row[0] or None, row[1], row[2] or None) for row in rows]


@pytest.fixture(name="copy")
def _copy(pack, tmp_path):
    def copy():
        target = tmp_path / "copy"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(pack.folder, target)
        return target

    return copy


def test_one_flipped_byte_anywhere_is_caught_and_named(pack, copy):
    """In whichever file, at the start, in the middle or at the end: the file is named."""
    for name, content in contents(pack.folder).items():
        for place in {0, len(content) // 2, len(content) - 1}:
            folder = copy()
            flipped = bytearray(content)
            flipped[place] ^= 1
            (folder / name).write_bytes(flipped)
            verdict = verify_pack(folder)
            assert not verdict.sound, (name, place)
            assert name == verdict.file, (name, place, verdict)


def test_missing_and_extra_files_are_caught(pack, copy):
    """A pack is complete, and holds nothing else."""
    for name in contents(pack.folder):
        folder = copy()
        (folder / name).unlink()
        assert name == verify_pack(folder).file
    folder = copy()
    (folder / "rules" / "extra.yaml").write_text("x: 1\n")
    assert "rules/extra.yaml" == verify_pack(folder).file


def test_known_before_it_happened(service, tmp_path):
    """No pack says on Friday what was known on Thursday: refused as the board is, and nothing is left."""
    with pytest.raises(KnownBeforeItHappenedError):
        service.write_pack(tmp_path / "early", as_of=DAY, known_at=DAY - timedelta(days=1))
    assert [] == [path for path in tmp_path.iterdir() if path.name.startswith("early")]
