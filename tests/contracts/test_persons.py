import json

import pytest

from shared.contracts.claims import FOLDER, fields_of
from shared.contracts.registry import MODELS, PUBLISHERS
from shared.observability.personal_data import is_personal_field, personal_parts

TYPED = {
    "employment.measure_declined.v1": {"note"},
    "finance.measure_declined.v1": {"note"},
}
"""Fields made for typed text, which their publishers now leave empty. Another one is not to be added."""

FREE_TEXT_WORDS = {"note", "remark", "comment", "description", "text", "title", "message"}


@pytest.mark.parametrize("type_", sorted(MODELS))
def test_no_field_is_a_persons(type_):
    """No field of an event is made for a name, an ID number, a telephone or an account."""
    fields = fields_of(MODELS[type_])
    assert [field for field in sorted(fields) if is_personal_field(field.rsplit(".", 1)[-1])] == []


@pytest.mark.parametrize("type_", sorted(MODELS))
def test_typed_text_is_known(type_):
    """Free text, in which anybody could write a name, is in no event beyond the few listed."""
    typed = {field for field in fields_of(MODELS[type_]) if FREE_TEXT_WORDS & set(field.split("_"))}
    assert TYPED.get(type_, set()) == typed


@pytest.mark.parametrize("kind", ["samples", "schemas"])
def test_no_file_holds_a_person(kind):
    """No sample and no schema holds a personal field or what looks like a person's number."""
    found = {
        f"{publisher}/{kind}/{file.name}": parts
        for publisher in PUBLISHERS
        for file in sorted((FOLDER / publisher / kind).glob("*.json"))
        if (parts := list(personal_parts(json.loads(file.read_text("utf-8")))))
    }
    assert found == {}


def test_samples_hold_no_free_text():
    """Samples show typed text as empty, so that nobody learns to put a name there."""
    for type_, fields in TYPED.items():
        publisher, fact = type_.split(".", 1)
        data = json.loads((FOLDER / publisher / "samples" / f"{fact}.json").read_text("utf-8"))["data"]
        assert {""} == {data[field] for field in fields}
