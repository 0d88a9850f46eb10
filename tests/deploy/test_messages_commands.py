"""Messages on the command line, over a county of four empty services."""

import csv
import json

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from deploy.commands import app
from deploy.embedded.county import open_county
from deploy.messages.fate import NoTraceError
from deploy.messages.given import ChoiceNeededError, ReasonNeededError, ServiceNeededError
from deploy.messages.looking_commands import NoSuchGroupingError
from deploy.messages.opened import NoCountyError, UnknownServiceError
from deploy.messages.reader_commands import NoSuchSourceError
from deploy.messages.tap import NoBrokerToTapError
from deploy.messages.way import UnknownTypeError
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.errors import Problem
from shared.messaging.intake import take_in
from shared.messaging.resolving import NotSetAsideError
from tests.evaluation.samples import TODAY, household, sealed

PHONE = "13800138000"
REASON = ("--reason", "已与发送部门核对")
(SOUND,) = sealed([household("h")], seed="sound")
(BROKEN,) = sealed([household("h", version=2)], seed="broken")
BROKEN.data["version"] = "two"
BROKEN.data["phone"] = PHONE


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory):
    """A county told of one household, of which employment could not take in the second snapshot."""
    folder = tmp_path_factory.mktemp("county")
    county = open_county(folder, clock=SetClock(at_hour(TODAY, 12)))
    county.upgrade_databases()
    (folder / "county.json").write_text("{}")
    with county.monitoring.uow() as uow:
        uow.outbox.add([SOUND, BROKEN])
        uow.commit()
    employment = county.employment
    taken = take_in([SOUND, BROKEN], employment.uow(), employment.reader, at=employment.clock())
    assert [BROKEN.id] == taken.set_aside
    county.close()
    for file in folder.glob("*.db"):  # copied file by file below
        assert not file.with_name(f"{file.name}-wal").exists()
    return folder


@pytest.fixture(name="folder")
def _folder(made, tmp_path):
    for file in made.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture(name="county")
def _county(folder, monkeypatch):
    """The county of the folder, opened once for all commands of a test."""
    county = open_county(folder)
    monkeypatch.setattr("deploy.embedded.county.open_county", lambda _folder: county)
    yield county
    county.close()


@pytest.fixture(name="run")
def _run(folder, county):
    """Run ``shouxian messages`` on the county; *service* is the one it is about."""
    assert county.data_dir == folder

    def run(*words, service="employment", given=None):
        chosen = ["--service", service] if service else []
        options = ["messages", "--data-dir", str(folder), "--by", "yunwei", *chosen, "--json"]
        return CliRunner().invoke(app, [*options, *words], input=given)

    return run


def answer(done, code=0):
    assert code == done.exit_code, done.output
    return json.loads(done.stdout)


def entries(county):
    """Return what employment's audit trail holds: action, object and who."""
    with county.employment.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT action, object_id, origin, details FROM audit_entry ORDER BY seq")
        )
        return [(row.action, row.object_id, row.origin, json.loads(row.details)["by"]) for row in rows]


def test_looking(run):
    """How it stands, what waits, grouped, and one of them without its personal values."""
    (state,) = answer(run("status"))
    assert ("employment", 1, "unknown") == (state["service"], state["set_aside"], state["queue"])
    assert [BROKEN.id] == [one["event_id"] for one in answer(run("list", service=""))]
    assert [] == answer(run("list", "--kind", "defect"))
    assert ["invalid/invalid_event_body"] == [one["name"] for one in answer(run("groups"))]
    shown = run("show", BROKEN.id)
    assert "[已隐去 1]" in answer(shown)[0]["body"]
    assert PHONE not in shown.stdout


@pytest.mark.usefixtures("county")
def test_text_is_for_people(folder):
    """Without --json it is lines in both languages, and no body in a list."""
    runner = CliRunner()
    for words in (["status"], ["list"], ["groups"], ["why", BROKEN.id]):
        done = runner.invoke(app, ["messages", "--data-dir", str(folder), *words])
        assert 0 == done.exit_code
        assert PHONE not in done.stdout
        assert "employment" in done.stdout


def test_correcting(run, county):
    """What `show --document` gives is edited and taken in; the hidden value is as it came; it is entered."""
    document = run("show", BROKEN.id, "--document").stdout.replace('"two"', "2")
    new = answer(run("correct", BROKEN.id, "--file", "-", *REASON, given=document))["id"]
    assert [] == answer(run("list"))
    with county.employment.engine.connect() as connection:
        rows = connection.execute(text("SELECT event_id, body, resolved_by FROM set_aside")).all()
    kept = {row.event_id: row for row in rows}
    assert (PHONE, 2) == tuple(json.loads(kept[new].body)["data"][name] for name in ("phone", "version"))
    assert "yunwei" == kept[BROKEN.id].resolved_by
    assert [("messages.correct", BROKEN.id, "command line", "yunwei")] == entries(county)


def test_rehearsing_and_taking_in_again(run, county):
    """What would fail again does, with exit 3; the dry run leaves no entry, the re-drive one."""
    run_ = answer(run("dry-run", "--kind", "invalid"), 3)
    assert ["at_fault"] == [one["fate"] for one in run_["events"]]
    assert [] == entries(county)
    done = run("redrive", "--all")
    assert (3, 1) == (done.exit_code, json.loads(done.stdout)["still_waiting"])
    assert ["messages.redrive"] == [one[0] for one in entries(county)]


def test_resolving_and_reopening(run, county):
    """An event resolved waits no more until it is reopened; both are entered."""
    assert [BROKEN.id] == answer(run("resolve", BROKEN.id, *REASON))["resolved"]
    assert [] == answer(run("list"))
    answer(run("reopen", BROKEN.id, *REASON))
    assert [BROKEN.id] == [one["event_id"] for one in answer(run("list"))]
    assert ["messages.resolve", "messages.reopen"] == [one[0] for one in entries(county)]
    assert {"cleared": 0, "ended": 0} == answer(run("expire"))


def test_pausing_and_resuming(run):
    """A reader is paused with who and why, and goes on when resumed."""
    answer(run("pause", *REASON))
    assert ("yunwei", REASON[1]) == tuple(
        answer(run("status"))[0]["pause"][name] for name in ("paused_by", "reason")
    )
    assert [True, False] == [answer(run("resume"))["was_paused"] for _ in range(2)]


def test_replaying(run):
    """A reader that was away gets what others told, once; what was set aside has arrived."""
    assert {} == answer(run("replay", "--from", "outbox", "--dry-run"))
    missing = answer(run("replay", "--from", "outbox", "--dry-run", service="finance"))
    assert {SOUND.type: 2} == missing
    done = run("replay", "--from", "outbox", service="finance")
    assert (3, 1) == (done.exit_code, json.loads(done.stdout)["taken"])  # the other breaks its contract
    assert 0 == answer(run("replay", "--from", "outbox", service="finance"))["taken"]
    assert 0 == answer(run("replay", "--from", "journal", service="finance"))["offered"]


def test_export(run, tmp_path):
    """A CSV of everything set aside, without the bodies."""
    assert 1 == answer(run("export", str(tmp_path / "x.csv")))["rows"]
    content = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert [BROKEN.id] == [row["event_id"] for row in csv.DictReader(content.splitlines())]
    assert PHONE not in content


def test_why(run):
    """A type goes where its publisher is bound; an id tells what became of it in each service."""
    ways = answer(run("why", SOUND.type))["destination"]["ways"]
    assert ["", "monitoring.#", "monitoring.#", "monitoring.#"] == [way["binding"] for way in ways]
    assert "household_id" in ways[1]["fields"]
    assert ways[1]["handled"][0]["name"].endswith("record_households")
    fates = {one["service"]: one for one in answer(run("why", BROKEN.id))["fates"]}
    assert fates["monitoring"]["told_at"]
    assert "invalid/invalid_event_body" == fates["employment"]["set_aside"]
    assert [True, None] == [fates["finance"]["asked"], fates["finance"]["taken_in_at"]]


def test_why_without_databases(monkeypatch, tmp_path):
    """Where a type goes is read from the code: no database is needed, and none is made."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["messages", "why", "finance.loan_disbursed.v1"])
    assert 0 == done.exit_code
    assert "evaluation.events" in done.stdout
    asked = CliRunner().invoke(app, ["messages", "why", "nothing"])
    assert isinstance(asked.exception, NoTraceError)
    assert [] == list(tmp_path.rglob("*.db"))


@pytest.mark.parametrize(
    ("words", "service", "error"),
    [
        (("redrive", "--all"), "", ServiceNeededError),
        (("redrive",), "employment", ChoiceNeededError),
        (("resolve", "x"), "employment", ReasonNeededError),
        (("resolve", "x", "--reason", f"打 {PHONE}"), "employment", ReasonNeededError),
        (("resolve", "x", *REASON), "employment", NotSetAsideError),
        (("correct", "x", "--file", "-", *REASON), "employment", NotSetAsideError),
        (("show", "x"), "", NotSetAsideError),
        (("groups", "--by", "colour"), "", NoSuchGroupingError),
        (("replay", "--from", "memory"), "employment", NoSuchSourceError),
        (("why", "x.y.v1"), "", UnknownTypeError),
        (("status",), "weather", UnknownServiceError),
        (("tap",), "", NoBrokerToTapError),
    ],
)
def test_what_is_refused_is_said_in_two_languages(run, words, service, error):
    """Each refusal is of its kind, and nothing is done."""
    refused = run(*words, service=service, given="{}").exception
    assert isinstance(refused, error)
    assert isinstance(refused, Problem)
    assert refused.text("zh") != refused.text("en")


def test_a_folder_without_a_county_is_refused(tmp_path):
    """No database is made where there is none."""
    done = CliRunner().invoke(app, ["messages", "--data-dir", str(tmp_path), "status"])
    assert isinstance(done.exception, NoCountyError)
    assert [] == list(tmp_path.iterdir())
