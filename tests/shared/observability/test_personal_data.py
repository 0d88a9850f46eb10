import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.observability.personal_data import (
    REMOVED,
    is_kept_out_of_logs,
    is_personal_field,
    looks_personal,
    masked,
    personal_parts,
    without_personal_data,
)

ID_NUMBER = "610327" + "19500101" + "001X"
MOBILE = "139" + "00001111"


@pytest.mark.parametrize(
    "text",
    [
        ID_NUMBER,
        ID_NUMBER.lower(),
        "61032719500101" + "0012",
        f"证件号码{ID_NUMBER}，已核对",
        f"id={ID_NUMBER};",
        MOBILE,
        f"电话{MOBILE}",
        f"+86 {MOBILE}",
        f"86-{MOBILE}",
        "139-0000-1111",
        "139 0000 1111",
        "0917-4600000",
    ],
)
def test_numbers_of_persons_are_found_and_masked(text):
    """ID and telephone numbers are found in any text, and nothing of them is left."""
    assert looks_personal(text)
    assert REMOVED in masked(text)
    assert not looks_personal(masked(text))
    assert not any(run.isdigit() and len(run) > 6 for run in masked(text).replace("-", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "610327100201",
        "2022-05-01T08:00:00.000000Z",
        "20220501",
        "1651392000",
        "1651392000123",
        "12345",
        "100A27001",
        "monitoring.visit_recorded.v1",
        "0" * 64,
        "",
    ],
)
def test_our_own_numbers_are_left(text):
    """Area codes, times, codes and digests are no numbers of persons."""
    assert not looks_personal(text)
    assert text == masked(text)


@given(st.uuids() | st.integers(0, 2**128 - 1).map(lambda number: uuid.UUID(int=number)))
def test_ids_are_left(identifier):
    """An id of ours is never taken for a person's number."""
    assert not looks_personal(str(identifier))
    assert str(identifier) == masked(str(identifier))


def test_an_id_of_digits_is_left():
    """Not even an id whose last part is a letter and a mobile number."""
    assert not looks_personal("12345678-1390-4000-8111-a13900001111")
    assert not looks_personal("12345678-1390-4000-8111-013900001111")


@pytest.mark.parametrize(
    "name",
    [
        "name",
        "full_name",
        "headName",
        "phone",
        "helper_phone",
        "mobile",
        "id_number",
        "idCard",
        "id-card",
        "address",
        "home_address",
        "password",
        "session_token",
        "Cookie",
        "bank_account",
        "email",
    ],
)
def test_fields_of_persons(name):
    """A field is personal by any word of its name, however it is spelled."""
    assert is_personal_field(name)
    assert is_kept_out_of_logs(name)


@pytest.mark.parametrize(
    "name",
    [
        "household_id",
        "person_no",
        "helper_no",
        "area_code",
        "event",
        "account_id",
        "renamed",
        "telling",
        "code",
    ],
)
def test_fields_of_ours(name):
    """Ids, numbers of our own and words that merely contain one are not."""
    assert not is_personal_field(name)


@pytest.mark.parametrize("name", ["body", "form", "note", "detail", "data", "query"])
def test_typed_text_is_kept_out_of_logs(name):
    """What somebody has typed may be an event's field, but is not logged."""
    assert is_kept_out_of_logs(name)
    assert not is_personal_field(name)


def test_everything_nested_is_cleaned():
    """Removal goes into mappings and lists, and takes numbers that are ints as well."""
    dirty = {
        "household_id": "h-1",
        "name": "某某",
        "members": [{"phone": "1", "person_id": "p-1"}, f"见 {MOBILE}"],
        "called": int(MOBILE),
        "fen": 600_000,
        "ok": True,
    }
    assert {
        "household_id": "h-1",
        "name": REMOVED,
        "members": [{"phone": REMOVED, "person_id": "p-1"}, f"见 {REMOVED}"],
        "called": REMOVED,
        "fen": 600_000,
        "ok": True,
    } == without_personal_data(dirty)


def test_places_are_named():
    """A scan names where personal data is, by field and by value."""
    document = {"a": [{"name": "x"}, {"b": MOBILE}], "c": "fine"}
    assert ["a[0].name", "a[1].b"] == list(personal_parts(document))
