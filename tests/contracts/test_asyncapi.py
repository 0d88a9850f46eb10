import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from shared.broker import topology
from shared.contracts import asyncapi
from shared.contracts.claims import FOLDER, claims
from shared.contracts.registry import MODELS, PUBLISHERS

DOCUMENT: dict[str, Any] = json.loads((FOLDER / "asyncapi.json").read_text("utf-8"))

# The fields AsyncAPI 3.0.0 and version 0.3.0 of its AMQP bindings have for the objects used here.
ALLOWED = {
    "document": {
        "asyncapi",
        "id",
        "info",
        "servers",
        "defaultContentType",
        "channels",
        "operations",
        "components",
    },
    "info": {
        "title",
        "version",
        "description",
        "termsOfService",
        "contact",
        "license",
        "tags",
        "externalDocs",
    },
    "channel": {"address", "messages", "title", "summary", "description", "servers", "parameters", "tags"}
    | {"externalDocs", "bindings"},
    "parameter": {"enum", "default", "description", "examples", "location"},
    "operation": {"action", "channel", "title", "summary", "description", "security", "tags", "externalDocs"}
    | {"bindings", "traits", "messages", "reply"},
    "message": {
        "headers",
        "payload",
        "correlationId",
        "contentType",
        "name",
        "title",
        "summary",
        "description",
    }
    | {"tags", "externalDocs", "bindings", "examples", "traits"},
    "payload": {"schemaFormat", "schema"},
    "components": {"schemas", "servers", "channels", "operations", "messages", "securitySchemes"}
    | {"serverVariables", "parameters", "correlationIds", "replies", "replyAddresses", "externalDocs", "tags"}
    | {"operationTraits", "messageTraits", "serverBindings", "channelBindings", "operationBindings"}
    | {"messageBindings"},
    "channel binding": {"is", "exchange", "queue", "bindingVersion"},
    "exchange": {"name", "type", "durable", "autoDelete", "vhost"},
    "operation binding": {"expiration", "userId", "cc", "priority", "deliveryMode", "mandatory", "bcc"}
    | {"timestamp", "ack", "bindingVersion"},
    "message binding": {"contentEncoding", "messageType", "bindingVersion"},
}
REQUIRED = {
    "document": {"asyncapi", "info"},
    "info": {"title", "version"},
    "operation": {"action", "channel"},
    "payload": {"schemaFormat", "schema"},
}


def objects() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every object of the document with its kind and its place."""
    yield "document", "", DOCUMENT
    yield "info", "info", DOCUMENT["info"]
    yield "components", "components", DOCUMENT["components"]
    for name, channel in DOCUMENT["channels"].items():
        yield "channel", name, channel
        yield "channel binding", name, channel["bindings"]["amqp"]
        yield "exchange", name, channel["bindings"]["amqp"]["exchange"]
        for parameter, body in channel["parameters"].items():
            yield "parameter", f"{name}.{parameter}", body
    for name, operation in DOCUMENT["operations"].items():
        yield "operation", name, operation
        if "bindings" in operation:
            yield "operation binding", name, operation["bindings"]["amqp"]
    for name, message in DOCUMENT["components"]["messages"].items():
        yield "message", name, message
        yield "payload", name, message["payload"]
        yield "message binding", name, message["bindings"]["amqp"]


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def at(pointer: str) -> Any:
    found: Any = DOCUMENT
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return found


@pytest.mark.parametrize(
    ("kind", "place", "found"), list(objects()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_objects_have_the_fields_they_may_and_must(kind, place, found):
    """Every object has what AsyncAPI requires of its kind and nothing it does not know, extensions aside."""
    assert {name for name in found if not re.match(r"x-[\w\d.\-_]+$", name)} <= ALLOWED[kind]
    assert REQUIRED.get(kind, set()) <= set(found)


def test_version():
    """It is a document of AsyncAPI 3.0.0 with AMQP bindings of 0.3.0 throughout."""
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"0.3.0"} == {found["bindingVersion"] for kind, _, found in objects() if kind.endswith(" binding")}


def test_every_reference_leads_somewhere():
    """Every reference leads to something in the document or to a file beside it."""
    lost = []
    for reference in set(references(DOCUMENT)):
        if reference.startswith("#/"):
            at(reference)
        elif not (FOLDER / reference).is_file():
            lost.append(reference)
    assert lost == []


def test_channels_are_routing_keys_of_the_exchange():
    """Each publisher's channel is a key of the one exchange; every message's key is of its form."""
    assert list(PUBLISHERS) == list(DOCUMENT["channels"])
    for publisher, channel in DOCUMENT["channels"].items():
        amqp = channel["bindings"]["amqp"]
        assert (amqp["is"], amqp["exchange"]["type"]) == ("routingKey", "topic")
        assert "queue" not in amqp
        assert topology.EXCHANGE == amqp["exchange"]["name"] == asyncapi.EXCHANGE
        assert set(re.findall(r"{(\w+)}", channel["address"])) == set(channel["parameters"])
        form = re.compile(channel["address"].replace(".", r"\.").replace("{fact}", ".+"))
        assert all(form.fullmatch(name) for name in channel["messages"])
        assert topology.batch_key_of(publisher) in channel["messages"]


def test_every_type_is_a_message_of_its_publisher():
    """Every published type is sent by its publisher, alone or in a batch."""
    for type_ in MODELS:
        publisher = type_.split(".", 1)[0]
        reference = {"$ref": f"#/channels/{publisher}/messages/{type_}"}
        assert reference in DOCUMENT["operations"][f"{publisher}.send"]["messages"]
        batch = DOCUMENT["components"]["messages"][f"{publisher}.batch"]["payload"]["schema"]
        assert {"$ref": f"#/components/messages/{type_}/payload/schema"} in batch["items"]["oneOf"]


def test_operations_use_messages_of_their_channel():
    """An operation sends or receives, on a channel, messages of that channel."""
    for operation in DOCUMENT["operations"].values():
        assert operation["action"] in {"send", "receive"}
        channel = operation["channel"]["$ref"]
        assert operation["messages"]
        for message in operation["messages"]:
            assert message["$ref"].startswith(f"{channel}/messages/")


def test_receivers_are_the_claims():
    """There is a receive operation for each claim, with its types, its queue and its binding."""
    received = {
        name: operation
        for name, operation in DOCUMENT["operations"].items()
        if operation["action"] == "receive"
    }
    assert {f"{claim.reader}.receive.{claim.publisher}" for claim in claims()} == set(received)
    for claim in claims():
        operation = received[f"{claim.reader}.receive.{claim.publisher}"]
        assert topology.queue_of(claim.reader) == operation["x-queue"]
        assert topology.binding_of(claim.publisher) == operation["x-binding"]
        assert list(claim.types) == list(operation["x-fields"])


@pytest.mark.parametrize("type_", sorted(MODELS))
def test_payload_takes_the_sample(type_):
    """A message's payload schema, with the files it refers to, takes the sample and not another type's."""
    base = "http://contracts.test/asyncapi.json"
    files = [
        (f"http://contracts.test/{asyncapi.schema_path(name)}", asyncapi.schema_path(name))
        for name in sorted(MODELS)
    ]
    registry: Registry[Any] = Registry().with_resources(
        [(base, Resource.from_contents(DOCUMENT, default_specification=DRAFT202012))]
        + [
            (uri, Resource.from_contents(json.loads((FOLDER / path).read_text("utf-8"))))
            for uri, path in files
        ]
    )
    schema = {"$ref": f"{base}#/components/messages/{type_}/payload/schema"}
    validator = Draft202012Validator(schema, registry=registry)
    publisher, fact = type_.split(".", 1)
    sample = json.loads((FOLDER / publisher / "samples" / f"{fact}.json").read_text("utf-8"))
    validator.validate(sample)
    assert not validator.is_valid(sample | {"type": "another.v1"})
    assert not validator.is_valid(sample | {"data": {}})
