import ast
import json
import shutil
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deploy.verifier import verify_pack
from services.evaluation.adapters.pack import MANIFEST, manifest_of
from services.evaluation.adapters.pack_check import verify_pack as verify_by_engine
from services.evaluation.adapters.rules import method_from
from services.evaluation.bootstrap import bootstrap
from services.evaluation.domain.method import Measured
from services.evaluation.domain.notice import LEVELS
from services.evaluation.service_layer.appeal import (
    AcceptAppeal,
    FileAppeal,
    UpholdAppeal,
    accept_appeal,
    file_appeal,
    uphold_appeal,
)
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    draft_assessment,
    show_assessment,
)
from services.evaluation.service_layer.canonical import canonical, sha256
from services.evaluation.service_layer.mark import RecordMark, record_mark
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.intake import take_in
from shared.parameters.strict_yaml import read_document
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)
TOWN = "610327109"


@pytest.fixture(scope="module", name="original")
def _original(tmp_path_factory):
    """A pack of a small year with marks and one appeal upheld, written once."""
    folder = tmp_path_factory.mktemp("year")
    settings = Settings(database_url=f"sqlite:///{folder}/evaluation.db")
    service = bootstrap(settings, clock=SetClock(at_hour(TODAY, 12)), ids=SeededIds("verifier"))
    service.upgrade_database()
    take_in(sealed(Year(4).events), service.uow(), service.reader, at=service.clock())
    for unit, value in (("610327109", "8"), ("610327110", "6.5"), ("县教体局", "7")):
        mark = RecordMark(unit, "review", Decimal(value), DAY, "县委督查室", reason="现场评鉴")
        record_mark(mark, service.uow(), service.rulebook, {unit})
    assessment = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    show_assessment(NextVersion(assessment), service.uow(), service.scores)
    appeal = file_appeal(FileAppeal(assessment, TOWN, "I01-1", "漏计"), service.uow())
    accept_appeal(AcceptAppeal(appeal), service.uow())
    command = UpholdAppeal(appeal, "value_replaced", "属实", numerator="1", denominator="2")
    uphold_appeal(command, service.uow(), service.scores)
    return service.write_pack(folder / "pack", as_of=DAY, known_at=TODAY)


def test_a_year_made_by_chance_with_marks_for_everybody_is_sound(tmp_path, capsys):
    """A duty, marks by month, a notice of each level, no score: nothing sound is called different."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/evaluation.db")
    clock = SetClock(at_hour(date(2022, 12, 1), 12))
    service = bootstrap(settings, clock=clock, ids=SeededIds("chance"))
    service.upgrade_database()
    for unit, level in zip(service.units(), LEVELS, strict=False):
        issue_notice(IssueNotice(unit.id, level, "进度滞后"), service.uow(), {unit.id})
    clock.set(at_hour(TODAY, 12))
    take_in(sealed(Year(7, households=9).events), service.uow(), service.reader, at=service.clock())
    chance = Random(7)
    for unit in service.units():
        for item, period in (
            ("review", ""),
            ("satisfaction", ""),
            ("daily", "2022-05"),
            ("daily", "2022-06"),
        ):
            if chance.random() < 0.6:
                value = Decimal(chance.randint(5, 10))
                mark = RecordMark(unit.id, item, value, DAY, "县委督查室", period, reason="现场评鉴")
                record_mark(mark, service.uow(), service.rulebook, {unit.id})
    written = service.write_pack(tmp_path / "pack", as_of=DAY, known_at=TODAY)
    status, said = verdict(capsys, written.folder, written.digest)
    assert 0 == status, said


@pytest.fixture(name="folder")
def _folder(original, tmp_path):
    return Path(shutil.copytree(original.folder, tmp_path / "pack"))


def verdict(capsys, folder, *digest):
    """Return the exit status and everything that was said."""
    status = verify_pack.main(str(folder), *digest)
    return status, capsys.readouterr().out


def forge(folder, name, content):
    """Change a file and make the manifest agree with it, as a careful forger would."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"][name] = sha256(content)
    (folder / MANIFEST).write_bytes(manifest_of(manifest, manifest["files"]))


def entries(folder, name):
    return (folder / name).read_bytes().splitlines(keepends=True)


def test_it_is_one_short_file_that_needs_nothing():
    """Under 300 lines, the standard library alone: nobody has to trust or install the software."""
    source = Path(verify_pack.__file__).read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    origin = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert set() == {name.split(".")[0] for name in plain | origin} - sys.stdlib_module_names
    assert len(source.splitlines()) < 300


def test_a_pack_is_sound_by_both_verifiers(original, capsys):
    """What the engine sealed, the other arithmetic finds again: marks, ruling, totals, ranks, grades."""
    assert verify_by_engine(original.folder, digest=original.digest).sound
    status, said = verdict(capsys, original.folder, original.digest)
    assert (0, True) == (status, f"SOUND {original.digest}" in said), said
    assert f"events {original.events}" in said
    assert f"lines  {original.lines}" in said
    assert "not verified here" in said


def test_another_pack_than_the_published_one(original, capsys):
    """A pack that is sound in itself is not the one whose digest was published."""
    status, said = verdict(capsys, original.folder, "0" * 64)
    assert (1, True) == (status, "published is 000" in said)


def test_no_folder(tmp_path, capsys):
    """Where there is no folder, that is said, and it is no verdict about a pack."""
    assert verdict(capsys, tmp_path / "nowhere")[0] == 2


def test_a_flipped_byte_in_each_file_is_named(original, folder):
    """In whichever file a byte is flipped, that file is named."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in names:
        content = (original.folder / name).read_bytes()
        flipped = bytearray(content)
        flipped[len(content) // 2] ^= 1
        (folder / name).write_bytes(flipped)
        pack = verify_pack.Pack(folder)
        pack.tried(MANIFEST, "seals", pack.seals)
        assert name in {found.split(":")[0] for found in pack.found}
        (folder / name).write_bytes(content)


def test_a_missing_and_an_added_file_are_named(folder, capsys):
    """A pack is complete and holds nothing else."""
    (folder / "towns.json").unlink()
    (folder / "rules" / "extra.yaml").write_text("x: 1\n")
    said = verdict(capsys, folder)[1]
    assert "towns.json: is missing" in said
    assert "rules/extra.yaml: was added" in said


def test_a_dropped_event_is_named(folder, capsys):
    """Sealed again in the manifest, the chain still names it, and every line that rested on it."""
    line = next(one for one in json.loads((folder / "lines.json").read_bytes()) if one["events"])
    gone = line["events"][0]
    kept = [raw for raw in entries(folder, "events.jsonl") if json.loads(raw)["event"]["id"] != gone]
    forge(folder, "events.jsonl", b"".join(kept))
    said = verdict(capsys, folder)[1]
    assert f"events.jsonl: event {gone}: was dropped" in said
    assert f"lines.json: line {line['id']}: rests on event {gone}, which is not in the pack" in said


def test_an_altered_event_is_named_alone(folder, capsys):
    """An event altered and sealed again in the manifest is named, and no other event with it."""
    written = entries(folder, "events.jsonl")
    line = json.loads(written[7])
    line["event"]["data"]["occurred_on"] = "2022-01-02"
    forge(folder, "events.jsonl", b"".join([*written[:7], canonical(line) + b"\n", *written[8:]]))
    status, said = verdict(capsys, folder)
    assert (1, True) == (status, f"line 8, event {line['event']['id']}: was altered" in said)
    assert said.count("was altered") == 1


def test_an_added_event_is_named(folder, capsys):
    """An event that is not in the sealed chain is named."""
    written = entries(folder, "events.jsonl")
    line = json.loads(written[-1])
    line["event"]["id"] = "ffffffff" + line["event"]["id"][8:]
    forge(folder, "events.jsonl", b"".join([*written, canonical(line) + b"\n"]))
    assert f"event {line['event']['id']}: was added" in verdict(capsys, folder)[1]


def test_events_out_of_order_twice_or_too_late(folder, capsys):
    """Each event stands once, by id, and was known on the day of knowledge."""
    first, second, *rest = entries(folder, "events.jsonl")
    forge(folder, "events.jsonl", b"".join([second, first, first, *rest]))
    assert verdict(capsys, folder)[1].count("is out of order or twice") == 2
    line = json.loads(first) | {"recorded_on": "2023-12-01"}
    forge(folder, "events.jsonl", b"".join([canonical(line) + b"\n", second, *rest]))
    assert "was not known" in verdict(capsys, folder)[1]


def test_a_changed_rule_file_is_named(folder, capsys):
    """A softer rule file, sealed again, is not the one that the rules as JSON were read from."""
    name = "rules/indicators_2022.yaml"
    forge(folder, name, (folder / name).read_bytes().replace(b"deduct: 0.5", b"deduct: 0.1"))
    assert f"{name}: was changed" in verdict(capsys, folder)[1]


def test_a_rule_changed_everywhere_is_named_by_its_number(folder, capsys):
    """Changed in the JSON as well, it is not the rule the lines were scored by, and gives other points."""
    rules = json.loads((folder / "rules.json").read_bytes())
    document = rules["rules/indicators_2022.yaml"]["document"]["indicators"]
    next(one for one in document if one["id"] == "I01-1")["method"]["deduct"] = "0.1"
    forge(folder, "rules.json", canonical(rules) + b"\n")
    said = verdict(capsys, folder)[1]
    assert "rules.json: rule I01-1: is not the rule by which line" in said
    assert "shares and rule I01-1 give" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [("points_exact", "99"), ("value_exact", "99"), ("numerator", "99"), ("points", "9.99")],
)
def test_a_forged_line_is_named(folder, capsys, name, value):
    """Whatever figure of a line is forged, the line, the figure and the rule are named."""
    lines = json.loads((folder / "lines.json").read_bytes())
    line = next(one for one in lines if one["status"] == "scored" and one["unit"] == TOWN)
    line[name] = value
    forge(folder, "lines.json", canonical(lines) + b"\n")
    said = verdict(capsys, folder)[1]
    assert f"line {line['id']}: {name} is {value}; shares and rule {line['indicator']} give" in said


def test_forged_shares_are_named(folder, capsys):
    """A share made larger no longer adds up to the line."""
    groups = [json.loads(raw) for raw in entries(folder, "shares.jsonl")]
    group = next(one for one in groups if one["shares"] and one["shares"][0][2] == "1")
    group["shares"][0][2] = "2"
    forge(folder, "shares.jsonl", b"".join(canonical(one) + b"\n" for one in groups))
    assert f"line {group['lines'][0]}: denominator is" in verdict(capsys, folder)[1]


def test_a_line_left_out_is_named(folder, capsys):
    """A line cannot be taken out of the score."""
    first, *rest = json.loads((folder / "lines.json").read_bytes())
    forge(folder, "lines.json", canonical(rest) + b"\n")
    assert f"lines.json: {first['unit']}:{first['indicator']}: is missing" in verdict(capsys, folder)[1]


@pytest.mark.parametrize(
    ("name", "value"), [("total", "99.00"), ("rank", 9), ("grade", "优秀"), ("parts", {})]
)
def test_a_forged_standing_is_named(folder, capsys, name, value):
    """Total, rank, grade and marks of a unit are what its lines, marks and scheme make."""
    board = json.loads((folder / "scoreboard.json").read_bytes())
    unit = next(one for one in board["towns"] if one["unit"] == TOWN)
    unit[name] = value
    forge(folder, "scoreboard.json", canonical(board) + b"\n")
    assert f"scoreboard.json: unit {TOWN}: {name} is {value}, not" in verdict(capsys, folder)[1]


def test_a_correction_without_its_ruling_is_named(folder, capsys):
    """The ruling behind a correction is in the pack, or its event is named."""
    forge(folder, "appeals.json", b"[]\n")
    assert "no ruling on" in verdict(capsys, folder)[1]


METHODS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"type": "tiers", "tiers": [{"at_least": 90, "share": 1}, {"at_least": 60, "share": "0.5"}]}, "value"),
    ({"type": "linear_band", "full_at": 3, "zero_above": 6}, "value"),
    ({"type": "linear_band", "full_at": 6, "zero_above": 3}, "value"),
    ({"type": "deadline", "deduct": "0.5", "per_days": 3}, "value"),
    ({"type": "frequency", "required": 4, "deduct": 1}, "value"),
    ({"type": "coefficient", "factor": "0.4"}, "value"),
    ({"type": "proportional", "target": 90}, "value"),
    ({"type": "per_occurrence", "deduct": "0.7"}, "faults"),
    ({"type": "zero_on_occurrence"}, "faults"),
    *(
        (
            {"type": "stepped_deduction", "op": op, "target": 5, "step": 2, "deduct": "0.3", "steps": steps},
            "value",
        )
        for op in ("<", "<=", "=", ">", ">=")
        for steps in ("ceil", "exact", "floor")
    ),
    *(({"type": "all_or_nothing", "op": op, "target": 5}, "value") for op in ("<", "<=", "=", ">", ">=")),
)


@pytest.mark.parametrize(("method", "of"), METHODS)
def test_both_arithmetics_agree(method, of):
    """Every method of the indicators gives the same points here as in the engine, at and around its edges."""
    raw: dict[str, Any] = {
        name: Decimal(one) if name in ("deduct", "factor") else one for name, one in method.items()
    }
    if "tiers" in raw:
        raw["tiers"] = [{"at_least": one["at_least"], "share": Decimal(one["share"])} for one in raw["tiers"]]
    engine, full = method_from(Path("x"), "x", raw), Fraction(4)
    for tenths in (*range(101), 599, 600, 601, 899, 900, 901, 1000):
        value = Fraction(tenths, 10)
        measured = Measured(value, value if of == "faults" else Fraction(0))
        expected = engine.award(measured, full).points
        assert expected == verify_pack.award(method, value, value, full), tenths


def test_every_method_in_use_is_known():
    """No indicator is scored by a method that the verifier does not know."""
    used = {one["method"]["type"] for one in _indicators() if one.get("scored", True)}
    assert set() == used - {method["type"] for method, _ in METHODS}


def _indicators():
    folder = Settings.model_fields["rulebook_dir"].default
    return read_document(folder / "rules/indicators_2022.yaml").data["indicators"]
