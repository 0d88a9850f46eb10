import json

import pytest

from shared.contracts.registry import MODELS
from shared.contracts.schemas import documents, main, schema_of, stale, write


@pytest.fixture(name="folder")
def _folder(tmp_path):
    write(tmp_path)
    return tmp_path


def test_writes_everything_once(tmp_path):
    """A file per type and the AsyncAPI document are written; a second time there is nothing to do."""
    assert len(MODELS) + 1 == len(write(tmp_path))
    assert write(tmp_path) == []
    assert stale(tmp_path) == []


def test_check_passes_on_what_was_written(folder, capsys):
    """``--check`` says nothing when all is as it must be."""
    assert main(["--check"], folder) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["asyncapi.json", "finance/schemas/loan_repaid.v1.json"])
@pytest.mark.parametrize("change", ["edited", "removed"])
def test_check_fails_on_a_stale_file(folder, capsys, name, change):
    """A file that was edited or removed fails the check by name, and the check repairs nothing."""
    file = folder / name
    if change == "edited":
        file.write_text(file.read_text("utf-8") + " ", encoding="utf-8")
    else:
        file.unlink()
    assert main(["--check"], folder) == 1
    assert f"stale: {name}" in capsys.readouterr().out
    assert [file] == stale(folder)
    assert main([], folder) == 0
    assert stale(folder) == []


def test_check_fails_on_a_file_too_many(folder, capsys):
    """A schema of a type that is not published any more is stale, and is removed by writing."""
    left_over = folder / "finance" / "schemas" / "well_dug.v1.json"
    left_over.write_text("{}", encoding="utf-8")
    assert main(["--check"], folder) == 1
    assert "well_dug" in capsys.readouterr().out
    write(folder)
    assert not left_over.exists()


def test_a_claim_changes_the_document(folder):
    """A new reader's claim makes the AsyncAPI document stale."""
    claim = folder / "finance" / "readers" / "employment.yaml"
    claim.parent.mkdir()
    claim.write_text("finance.loan_repaid.v1: [loan_id]\n", encoding="utf-8")
    assert [folder / "asyncapi.json"] == stale(folder)
    assert (
        "employment.receive.finance" in json.loads(documents(folder)[folder / "asyncapi.json"])["operations"]
    )


def test_schema_is_of_what_is_published():
    """A schema has the dialect, its own id, the model's sentence and no made-up titles."""
    schema = schema_of(MODELS["finance.loan_disbursed.v1"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:x-shouxian:finance.loan_disbursed.v1"
    assert schema["properties"]["annual_rate"]["type"] == "string"
    assert "3.7 % a year" in schema["properties"]["annual_rate"]["description"]
    assert "title" not in schema["properties"]["amount_fen"]
