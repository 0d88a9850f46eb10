import shutil
from dataclasses import replace
from datetime import date

import orjson
import pytest

from services.evaluation.adapters.pack import MANIFEST, manifest_of
from services.evaluation.adapters.pack_appeals import APPEALS
from services.evaluation.adapters.pack_check import verify_pack
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
from tests.evaluation.copies import copied
from tests.evaluation.samples import TODAY

DAY = date(2022, 12, 31)


@pytest.fixture(name="written", scope="module")
def _written(told_year, tmp_path_factory):
    """A pack of a year with one appeal upheld, written once; tests get copies."""
    folder, packs = tmp_path_factory.mktemp("packs"), []

    def uphold_and_write(service):
        assessment_id = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
        show_assessment(NextVersion(assessment_id), service.uow(), service.scores)
        appeal_id = file_appeal(FileAppeal(assessment_id, "610327109", "I01-1", "漏计"), service.uow())
        accept_appeal(AcceptAppeal(appeal_id), service.uow())
        command = UpholdAppeal(appeal_id, "value_replaced", "属实", numerator="1", denominator="2")
        uphold_appeal(command, service.uow(), service.scores)
        packs.append(service.write_pack(folder / "pack", as_of=DAY, known_at=TODAY))

    copied(told_year, folder / "year.db", uphold_and_write, ids="pack")
    return packs[0]


@pytest.fixture(name="pack")
def _pack(written, tmp_path):
    return replace(written, folder=shutil.copytree(written.folder, tmp_path / "pack"))


def sealed_again(folder):
    """Write a manifest that agrees with the files, as a forger would."""
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    files = {name: sha256((folder / name).read_bytes()) for name in manifest["files"]}
    (folder / MANIFEST).write_bytes(manifest_of(manifest, files))


def test_the_pack_cites_appeal_and_ruling(pack):
    """Filed, accepted and decided are in it, the correction among the events, and all of it verifies."""
    cited = [entry["event"]["type"] for entry in orjson.loads((pack.folder / APPEALS).read_bytes())]
    assert [
        "evaluation.appeal_accepted.v1",
        "evaluation.appeal_decided.v1",
        "evaluation.appeal_filed.v1",
    ] == sorted(cited)
    assert b"evaluation.score_corrected.v1" in (pack.folder / "events.jsonl").read_bytes()
    assert verify_pack(pack.folder, digest=pack.digest).sound


@pytest.mark.parametrize("left_out", ["evaluation.appeal_filed.v1", "evaluation.appeal_decided.v1"])
def test_a_correction_without_its_appeal_or_ruling_is_caught(pack, left_out):
    """Whoever takes the appeal or the ruling out of a pack, and seals it again, is found out by name."""
    entries = orjson.loads((pack.folder / APPEALS).read_bytes())
    kept = [entry for entry in entries if entry["event"]["type"] != left_out]
    (pack.folder / APPEALS).write_bytes(canonical(kept) + b"\n")
    sealed_again(pack.folder)
    verdict = verify_pack(pack.folder)
    assert (APPEALS, True) == (verdict.file, "was not ruled" in verdict.what)


def test_what_cannot_be_read_is_named(pack):
    """A file of appeals that is no list of events, or not canonical, is named."""
    for content in (b"{}x", b"[1]\n", (pack.folder / APPEALS).read_bytes() + b"\n"):
        (pack.folder / APPEALS).write_bytes(content)
        sealed_again(pack.folder)
        assert APPEALS == verify_pack(pack.folder).file
