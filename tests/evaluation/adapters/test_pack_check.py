import shutil
from dataclasses import replace
from datetime import date

import orjson
import pytest

from services.evaluation.adapters.pack import MANIFEST, manifest_of
from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.service_layer.canonical import canonical, sha256
from shared.contracts.registry import MODELS
from tests.evaluation.copies import copied
from tests.evaluation.samples import TODAY

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


def forge(folder, name, content):
    """Change a file and make the manifest agree with it, as a careful forger would."""
    (folder / name).write_bytes(content)
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    manifest["files"][name] = sha256(content)
    (folder / MANIFEST).write_bytes(manifest_of(manifest, manifest["files"]))


def test_points_forged_with_their_hash(pack):
    """Points that the events do not give are found although every hash agrees."""
    name = "lines.json"
    content = (pack.folder / name).read_bytes()
    place = content.index(b'"points":"') + len(b'"points":"')
    forge(pack.folder, name, content[:place] + b"9" + content[place + 1 :])
    verdict = verify_pack(pack.folder)
    assert name == verdict.file
    assert "line" in verdict.what


def test_an_event_left_out_with_its_hash(pack):
    """Without an event that counted, the lines are no longer what the events give."""
    lines = orjson.loads((pack.folder / "lines.json").read_bytes())
    gone = next(line for line in lines if line["events"])["events"][0]
    written = (pack.folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    forge(pack.folder, "events.jsonl", b"".join(line for line in written if gone.encode() not in line))
    assert verify_pack(pack.folder).file in {"lines.json", "scoreboard.json"}


def test_a_rule_changed_with_its_hash(pack):
    """Softer rules give other points than those in the pack."""
    name = "rules/indicators_2022.yaml"
    forge(pack.folder, name, (pack.folder / name).read_bytes().replace(b"deduct: 0.5", b"deduct: 0.1"))
    assert verify_pack(pack.folder).file in {"lines.json", "scoreboard.json"}


@pytest.mark.parametrize("twice", [True, False])
def test_events_out_of_order_or_twice(pack, twice):
    """The events of a pack are there once, by id."""
    written = (pack.folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    changed = [written[0], *written] if twice else [written[1], written[0], *written[2:]]
    forge(pack.folder, "events.jsonl", b"".join(changed))
    assert "out of order" in verify_pack(pack.folder).what


def test_an_event_nobody_knew_yet(pack):
    """An event recorded after the day of knowledge does not belong in the pack."""
    first, *rest = (pack.folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    line = orjson.loads(first)
    line["recorded_on"] = "2023-05-01"
    forge(pack.folder, "events.jsonl", b"".join([canonical(line) + b"\n", *rest]))
    assert "does not belong" in verify_pack(pack.folder).what


def test_an_event_that_cannot_be_counted(pack):
    """An event without what its rule needs is a finding, not a crash."""
    first, *rest = (pack.folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    line = orjson.loads(first)
    kept = ("occurred_on", "household_id", "area_code")
    line["event"]["data"] = {name: line["event"]["data"][name] for name in kept}
    forge(pack.folder, "events.jsonl", b"".join([canonical(line) + b"\n", *rest]))
    assert not verify_pack(pack.folder).sound


def test_days_before_the_plan(pack):
    """A manifest that speaks of a day before the plan counted is a finding."""
    manifest = orjson.loads((pack.folder / MANIFEST).read_bytes()) | {"as_of": "2021-01-01"}
    (pack.folder / MANIFEST).write_bytes(manifest_of(manifest, manifest["files"]))
    assert not verify_pack(pack.folder).sound


@pytest.mark.parametrize("days", [{"as_of": "2021-12-31"}, {"known_at": "2022-12-30"}])
def test_days_that_cannot_be_scored(pack, days):
    """With its events taken out as well, a pack of an impossible day is still a finding that says why."""
    forge(pack.folder, "events.jsonl", b"")
    manifest = orjson.loads((pack.folder / MANIFEST).read_bytes()) | days
    (pack.folder / MANIFEST).write_bytes(manifest_of(manifest, manifest["files"]))
    verdict = verify_pack(pack.folder)
    assert (MANIFEST, True) == (verdict.file, "before" in verdict.what)


def test_every_kind_of_event_keeps_its_contract(pack):
    """One field gone from an event is named as that line, whatever the event is about."""
    name = "events.jsonl"
    written = (pack.folder / name).read_bytes().splitlines(keepends=True)
    by_type = {orjson.loads(raw)["event"]["type"]: number for number, raw in enumerate(written)}
    assert 5 < len(by_type)
    for type_, number in by_type.items():
        needed = [key for key, field in MODELS[type_].model_fields.items() if field.is_required()]
        line = orjson.loads(written[number])
        del line["event"]["data"][needed[-1]]
        changed = [*written[:number], canonical(line) + b"\n", *written[number + 1 :]]
        forge(pack.folder, name, b"".join(changed))
        verdict = verify_pack(pack.folder)
        assert (name, f"line {number + 1} cannot be read") == (verdict.file, verdict.what.split(":")[0])


def test_another_pack_than_the_published_one(pack):
    """A pack made anew from other events is sound in itself; the published digest tells."""
    verdict = verify_pack(pack.folder, digest="0" * 64)
    assert (MANIFEST, False) == (verdict.file, verdict.sound)


def test_what_is_no_pack(tmp_path):
    """An empty folder is no pack."""
    assert MANIFEST == verify_pack(tmp_path).file


def test_a_rule_file_that_cannot_be_read(pack):
    """Nonsense in a rule file is a finding, not a crash."""
    forge(pack.folder, "policy/counting.yaml", b"x: [")
    assert "rules" == verify_pack(pack.folder).file
