"""A simulated year, its sealed pack, and what must not differ by a byte."""

import random
import re
import shutil
import subprocess
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from deploy.embedded.county import clock_file, open_county
from deploy.embedded.courier import Courier
from deploy.embedded.making import make_county
from deploy.simulation.agenda import Agenda
from deploy.simulation.assessment import YearsAssessment
from deploy.simulation.world import World
from deploy.verifier import verify_pack as independent
from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.domain.assessment import Stage
from services.evaluation.domain.board_document import assessed_document
from shared.kernel.clock import BusinessClock, SetClock, at_hour
from tests.support.county_workers import ROOT, SHOUXIAN

HOUSEHOLDS, SEED = 16, "7"
MIDDLE, END, LAST = date(2022, 3, 10), date(2022, 4, 30), date(2022, 12, 31)


def shouxian(*words: object, succeeds: bool = True) -> str:
    """Run the command line as a person would and return what it printed."""
    done = subprocess.run(
        [SHOUXIAN, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert succeeds == (done.returncode == 0), done.stdout + done.stderr
    return done.stdout


def made(directory: Path, *, seed: str = SEED, until: date = END) -> Path:
    make_county(directory, households=HOUSEHOLDS, seed=seed, until=until)
    return directory


def pack_of(data_dir: Path, as_of: date) -> Path:
    """Write the pack of a county to a new folder beside it."""
    folder = data_dir.with_name(f"{data_dir.name}-pack-{as_of}")
    county = open_county(data_dir)
    county.evaluation.write_pack(folder, as_of=as_of)
    county.close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a county played by the command line; its pack lies beside it."""
    directory = tmp_path_factory.mktemp("year") / "county"
    options = {"--households": HOUSEHOLDS, "--seed": SEED, "--until": END, "--data-dir": directory}
    shouxian("year", *(word for pair in options.items() for word in pair), "--pack", pack_beside(directory))
    return directory


def pack_beside(directory: Path) -> Path:
    return directory.with_name("pack")


def test_the_same_seed_gives_the_same_bytes(year: Path, tmp_path: Path) -> None:
    """Two packs of one seed are identical file by file, whoever made them and where; another seed differs."""
    packed = contents(pack_beside(year))
    assert packed == contents(pack_of(made(tmp_path / "again"), END))
    other = contents(pack_of(made(tmp_path / "other", seed="8", until=MIDDLE), MIDDLE))
    of_that_day = contents(pack_of(year, MIDDLE))
    assert of_that_day.keys() == other.keys()
    assert of_that_day["events.jsonl"] != other["events.jsonl"]


def test_a_past_day_is_what_it_was(year: Path, tmp_path: Path) -> None:
    """A county played only to a day has, to the byte, the scores and the pack the longer one has of it."""
    shorter = made(tmp_path / "shorter", until=MIDDLE)
    counties = [open_county(directory) for directory in (year, shorter)]
    one, other = (
        assessed_document(county.evaluation.scores.board(MIDDLE), county.evaluation.rulebook)
        for county in counties
    )
    for county in counties:
        county.close()
    assert one == other
    assert any(line["events"] for line in one["lines"])
    assert contents(pack_of(year, MIDDLE)) == contents(pack_of(shorter, MIDDLE))


def test_replay_changes_nothing(year: Path) -> None:
    """``evaluation replay`` rebuilds the projections from the journal to the same digest."""
    said = shouxian("evaluation", "replay", "--data-dir", year)
    digests = re.findall(r"^(?:before|after) +([0-9a-f]{64})$", said, re.MULTILINE)
    assert 2 == len(digests)
    assert digests[0] == digests[1]


def test_the_command_line_answers_for_a_past_day(year: Path) -> None:
    """``assess`` ranks every town, and ``explain`` names the events behind a line of it."""
    board = shouxian("evaluation", "assess", "--as-of", END, "--json", "--data-dir", year)
    lines = re.findall(rf'"(6103271\d\d:I05-1@{END})"', board)
    assert 10 == len(set(lines))
    assert "monitoring.household_recorded" in shouxian("evaluation", "explain", lines[0], "--data-dir", year)


def test_a_sound_pack_is_accepted(year: Path) -> None:
    """``pack verify`` recomputes a pack from itself alone and says that it is sound."""
    assert "SOUND" in shouxian("pack", "verify", pack_beside(year))


def played_in_december(directory: Path) -> None:
    """Go on with a county in the last week of the year: marks, showing, appeals, ruling, publication."""
    day, clock = date(2022, 12, 24), SetClock(at_hour(date(2022, 12, 24), 9))
    county = open_county(directory, clock=clock, seed="december", unfinished=True)
    with Courier(county.services) as courier:
        world = World(county, courier, clock, Agenda(LAST), "december", LAST)
        YearsAssessment(world).plan()
        while day <= LAST:
            clock.set(at_hour(day, 9))
            county.evaluation.sweep()
            courier.deliver()
            world.agenda.run(day)
            courier.deliver()
            day += timedelta(days=1)
    BusinessClock(clock_file(directory)).move_to(at_hour(LAST, 18))
    county.close()


@pytest.mark.timeout(300)
def test_the_year_ends_with_a_published_result(year: Path, tmp_path: Path) -> None:
    """December's assessment ends published: its circular is written, its pack sound by both verifiers."""
    directory = Path(shutil.copytree(year, tmp_path / "county"))
    played_in_december(directory)
    county = open_county(directory)
    (row,) = county.evaluation.reads.assessments()
    version = county.evaluation.reads.version(row.id, row.number)
    assert (Stage.PUBLISHED, LAST.replace(day=30)) == (row.stage, row.published_on)
    assert 1 in {unit["rank"] for unit in version.board["towns"]}
    assert {"upheld", "rejected"} == {one["outcome"] for one in version.rulings}
    pack = county.evaluation.write_pack(tmp_path / "pack", as_of=row.as_of, known_at=row.known_at)
    county.close()
    said = shouxian("evaluation", "circular", "--out", tmp_path / "circular.docx", "--data-dir", directory)
    assert "已公布 published" in said
    assert zipfile.is_zipfile(tmp_path / "circular.docx")
    assert verify_pack(pack.folder, digest=pack.digest).sound
    assert 0 == independent.main(str(pack.folder), pack.digest)


def test_one_flipped_bit_is_caught(year: Path, tmp_path: Path) -> None:
    """A single bit changed anywhere, in any file, is found, and the file is named."""
    chance = random.Random(1)
    folder = tmp_path / "pack"
    shutil.copytree(pack_beside(year), folder)
    assert verify_pack(folder).sound
    started = time.monotonic()
    for name, content in contents(folder).items():
        for _ in range(3 if time.monotonic() - started < 20 else 1):
            position, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
            changed = bytearray(content)
            changed[position] ^= bit
            (folder / name).write_bytes(bytes(changed))
            verdict = verify_pack(folder)
            assert not verdict.sound, f"{name}, byte {position}, bit {bit}"
            assert name == verdict.file, f"{name}, byte {position}, bit {bit}: {verdict}"
        (folder / name).write_bytes(content)
    (folder / min(contents(folder))).unlink()
    assert "DIFFERENT" in shouxian("pack", "verify", folder, succeeds=False)


def test_office_and_units_are_at_work(year: Path) -> None:
    """By the end of April everything the supervision office and the units do in a year has begun."""
    county = open_county(year)
    with county.evaluation.engine.connect() as connection:
        told = {name for (name,) in connection.execute(text("SELECT DISTINCT fact FROM journal"))}
    county.close()
    expected = """
        report_task_opened value_reported value_accepted problem_registered problem_confirmed problem_closed
        inspection_filed inspection_sample_drawn order_issued order_answered order_closed notice_issued
        progress_due progress_filed quarter_meeting_held undertaking_done site_elements_set
        cadre_enrolled training_attended points_entered work_entered judgement_recorded
    """
    assert set() == {f"evaluation.{name}" for name in expected.split()} - told
