"""The AsyncAPI 3.0.0 document of the county's events: who sends what, who receives what."""

from collections.abc import Iterable
from typing import Any

from shared.contracts.claims import Claim
from shared.contracts.envelope import BATCH_MEDIA_TYPE, COUNTY_CODE, EVENT_MEDIA_TYPE, EventData
from shared.contracts.registry import PUBLISHERS, published

EXCHANGE = "county.events"
_SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
_AMQP = "0.3.0"
_BATCH = "batch"


def document(claims: Iterable[Claim]) -> dict[str, Any]:
    """Return the document: a channel per publisher, a send operation each, a receive one per claim."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Shouxian: events of the county",
            "version": "1.0.0",
            "description": (
                "One topic exchange. The routing key is the event's type or, for several events of one "
                "publisher in one message, `<publisher>.batch`. A reader binds its queue to `<publisher>.#`, "
                "takes events twice and in any order, and ignores types and fields it does not know."
            ),
        },
        "defaultContentType": EVENT_MEDIA_TYPE,
        "channels": {publisher: _channel(publisher) for publisher in PUBLISHERS},
        "operations": {
            **{f"{publisher}.send": _send(publisher) for publisher in PUBLISHERS},
            **{f"{claim.reader}.receive.{claim.publisher}": _receive(claim) for claim in claims},
        },
        "components": {
            "schemas": {"cloudevent": _multi_format(_event_schema())},
            "messages": {
                **{model.type: _message(model) for publisher in PUBLISHERS for model in published(publisher)},
                **{_batch_of(publisher): _batch_message(publisher) for publisher in PUBLISHERS},
            },
        },
    }


def schema_path(type_: str) -> str:
    """Return where the schema of *type_* is from here: ``finance/schemas/loan_repaid.v1.json``."""
    publisher, fact = type_.split(".", 1)
    return f"{publisher}/schemas/{fact}.json"


def _channel(publisher: str) -> dict[str, Any]:
    names = [*(model.type for model in published(publisher)), _batch_of(publisher)]
    return {
        "title": f"What {publisher} tells the county",
        "address": f"{publisher}.{{fact}}",
        "parameters": {
            "fact": {"description": f"The fact and its version, or `{_BATCH}` for several events at once."}
        },
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False},
                "bindingVersion": _AMQP,
            }
        },
    }


def _send(publisher: str) -> dict[str, Any]:
    names = [*(model.type for model in published(publisher)), _batch_of(publisher)]
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{publisher}"},
        "summary": f"{publisher} publishes out of its outbox, confirmed by the broker, at least once.",
        "messages": _in_channel(publisher, names),
        "bindings": {"amqp": {"deliveryMode": 2, "bindingVersion": _AMQP}},
    }


def _receive(claim: Claim) -> dict[str, Any]:
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{claim.publisher}"},
        "summary": f"{claim.reader} takes in what it needs of {claim.publisher}.",
        "messages": _in_channel(claim.publisher, [*claim.types, _batch_of(claim.publisher)]),
        "x-queue": f"{claim.reader}.events",
        "x-binding": f"{claim.publisher}.#",
        "x-fields": {type_: list(fields) for type_, fields in claim.types.items()},
    }


def _in_channel(publisher: str, names: Iterable[str]) -> list[dict[str, str]]:
    return [{"$ref": f"#/channels/{publisher}/messages/{name}"} for name in names]


def _message(model: type[EventData]) -> dict[str, Any]:
    return {
        "name": model.type,
        "title": model.__name__,
        "summary": (model.__doc__ or "").split("\n", 1)[0].strip(),
        "contentType": EVENT_MEDIA_TYPE,
        "payload": _multi_format(
            {
                "allOf": [{"$ref": "#/components/schemas/cloudevent/schema"}],
                "properties": {
                    "type": {"const": model.type},
                    "source": {"const": f"/county/{COUNTY_CODE}/{model.type.split('.', 1)[0]}"},
                    "data": {"$ref": f"./{schema_path(model.type)}"},
                },
            }
        ),
        "bindings": {"amqp": {"messageType": model.type, "bindingVersion": _AMQP}},
    }


def _batch_message(publisher: str) -> dict[str, Any]:
    return {
        "name": _batch_of(publisher),
        "title": f"Several events of {publisher}",
        "summary": "Events that waited together, in the order they were committed in.",
        "contentType": BATCH_MEDIA_TYPE,
        "payload": _multi_format(
            {
                "type": "array",
                "items": {
                    "oneOf": [
                        {"$ref": f"#/components/messages/{model.type}/payload/schema"}
                        for model in published(publisher)
                    ]
                },
            }
        ),
        "bindings": {"amqp": {"messageType": _batch_of(publisher), "bindingVersion": _AMQP}},
    }


def _batch_of(publisher: str) -> str:
    return f"{publisher}.{_BATCH}"


def _multi_format(schema: dict[str, Any]) -> dict[str, Any]:
    return {"schemaFormat": _SCHEMA_FORMAT, "schema": schema}


def _event_schema() -> dict[str, Any]:
    """Return what every event of the county has; the whole format is checked by ``event_rules``."""
    text = {"type": "string", "minLength": 1}
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "businessdate", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": text,
            "source": {**text, "format": "uri-reference"},
            "type": text,
            "subject": text,
            "time": {
                "type": "string",
                "format": "date-time",
                "description": "When it was committed, in UTC.",
            },
            "datacontenttype": {"const": "application/json"},
            "correlationid": {**text, "description": "The first event of the chain."},
            "causationid": {**text, "description": "The event this one is a consequence of."},
            "businessdate": {"type": "string", "format": "date", "description": "The body's `occurred_on`."},
            "data": {"type": "object"},
        },
    }
