import json

import pytest

from shared.messaging.masking import MaskedValueError, body_of, document_of

PHONE, CARD = "13800138000", "610327198505050014"
BODY = json.dumps(
    {
        "id": "e",
        "data": {
            "members": [{"name": "张某某", "age": 3}, {"name": "李某某"}],
            "note": f"call {PHONE}",
            "n": int(CARD),
        },
    }
)


def test_nothing_personal_is_shown():
    """Names by their field, numbers by their form, inside lists too: each is a token of its own."""
    document = document_of(BODY)
    assert not [one for one in ("张", "李", PHONE, CARD) if one in document]
    assert 4 == document.count("[已隐去 ")


def test_what_is_left_alone_is_as_it_was():
    """A document nobody edited gives the event that came, numbers as numbers."""
    assert json.loads(BODY) == json.loads(body_of(document_of(BODY), BODY))


def test_a_field_is_corrected_beside_hidden_ones():
    """One field is changed, one member taken out: the other keeps their own name, not their neighbour's."""
    document = json.loads(document_of(BODY))
    del document["data"]["members"][0]
    document["data"]["note"] = "nothing"
    corrected = json.loads(body_of(json.dumps(document), BODY))
    assert ([{"name": "李某某"}], "nothing") == (corrected["data"]["members"], corrected["data"]["note"])


@pytest.mark.parametrize("text", ["[已隐去 1]", "[已隐去 9]", "x [已隐去 2]", "[removed]"])
def test_a_token_in_a_wrong_place_is_refused(text):
    """Doubled, unknown or inside other text: nobody can know what was meant."""
    document = json.loads(document_of(BODY))
    document["data"]["more"] = text
    with pytest.raises(MaskedValueError):
        body_of(json.dumps(document), BODY)


def test_what_is_no_json():
    """Garbage is shown as text without personal numbers, and what is typed instead is taken as it is."""
    assert "call [removed] {" == document_of(f"call {PHONE} {{")
    assert '{"id": 1}' == body_of('{"id": 1}', f"call {PHONE} {{")
