import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shared.contracts import claims, registry
from shared.contracts.cloudevents import check, decode
from shared.contracts.envelope import EVENT_MEDIA_TYPE, Envelope
from shared.contracts.registry import MODELS, PUBLISHERS

SAMPLES = sorted(
    file for publisher in PUBLISHERS for file in (claims.FOLDER / publisher / "samples").glob("*.json")
)
FORMATS = Draft202012Validator.FORMAT_CHECKER


def name_of(file: Path) -> str:
    return f"{file.parent.parent.name}.{file.stem}"


def schema_of(file: Path) -> dict[str, object]:
    schema: dict[str, object] = json.loads((file.parent.parent / "schemas" / file.name).read_text("utf-8"))
    return schema


@pytest.fixture(name="sample", params=SAMPLES, ids=[name_of(file) for file in SAMPLES])
def _sample(request):
    """Each sample ever accepted."""
    return request.param


def test_every_type_has_a_sample():
    """There is a sample per type and version, and none of a type that was never published."""
    assert sorted(MODELS) == sorted(map(name_of, SAMPLES))


def test_is_read(sample):
    """A sample is a valid event, is decoded, and is read as its model."""
    check(json.loads(sample.read_bytes()))
    (envelope,) = decode(sample.read_bytes(), EVENT_MEDIA_TYPE)
    assert isinstance(envelope, Envelope)
    assert name_of(sample) == envelope.type
    event = registry.read(envelope)
    assert type(event) is MODELS[envelope.type]


def test_is_what_we_would_publish(sample):
    """Sealed and written again, a sample's event is the sample: no attribute and no field is lost."""
    (envelope,) = decode(sample.read_bytes(), EVENT_MEDIA_TYPE)
    assert isinstance(envelope, Envelope)
    assert json.loads(sample.read_bytes()) == envelope.attributes()
    event = registry.read(envelope)
    assert envelope.data == event.body()
    assert (envelope.subject, envelope.businessdate) == (event.subject, event.occurred_on.isoformat())


def test_fits_its_schema(sample):
    """A sample's body fits the JSON Schema of its type, dates included."""
    schema = schema_of(sample)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FORMATS).validate(json.loads(sample.read_bytes())["data"])


def test_schema_refuses_what_the_model_refuses(sample):
    """Without any one required field, neither the schema nor the model takes a sample's body."""
    schema, data = schema_of(sample), json.loads(sample.read_bytes())["data"]
    required = schema["required"]
    assert isinstance(required, list)
    for field in required:
        without = {name: value for name, value in data.items() if name != field}
        assert not Draft202012Validator(schema).is_valid(without)
        with pytest.raises(ValueError, match=field):
            MODELS[name_of(sample)].model_validate(without)


def test_unknown_fields_are_ignored(sample):
    """A field of tomorrow's version disturbs no reader of today's."""
    data = json.loads(sample.read_bytes())["data"]
    model = MODELS[name_of(sample)]
    assert model.model_validate(data) == model.model_validate({**data, "of_tomorrow": 1})
    assert Draft202012Validator(schema_of(sample)).is_valid({**data, "of_tomorrow": 1})
