"""What RabbitMQ is told at its start: users with their few rights, exchange, queues; no password."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from deploy.hosting import NAMES
from shared.broker.topology import (
    EXCHANGE,
    QUEUE_ARGUMENTS,
    binding_of,
    queue_arguments,
    queue_of,
    undelivered_of,
)

VHOST = "county"
OPERATOR = "operator"
FILE = Path(__file__).parents[1] / "rabbitmq" / "definitions.json"


def definitions(publishers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return the definitions; *publishers* names for each reader whom it hears.

    The queues stand here with the arguments of the code: who finds its queue
    declares it without the right to write to the default exchange, which a new
    queue with dead letters would need, and by which anybody reaches any queue.
    """
    return {
        "rabbit_version": "3.10.0",
        "vhosts": [{"name": VHOST}],
        "users": [_user(name) for name in NAMES] + [_user(OPERATOR, "monitoring")],
        "permissions": [_rights(name) for name in NAMES] + [_operators_rights()],
        "topic_permissions": [_topics(name, rf"^{name}\.") for name in NAMES] + [_topics(OPERATOR, "^$")],
        "exchanges": [_thing(name=EXCHANGE, type="topic", internal=False)],
        "queues": [queue for reader in publishers for queue in _queues(reader)],
        "bindings": [
            _binding(publisher, reader) for reader, heard in publishers.items() for publisher in heard
        ],
    }


def publishers_by_reader() -> dict[str, tuple[str, ...]]:
    """Return whom each service hears, as its own reader says."""
    found = {}
    for name in NAMES:
        # Opens nothing; monitoring would otherwise make a key beside a file that there is not.
        keys = {"personal_data_keys": ("-" * 32,)} if name == "monitoring" else {}
        settings = import_module(f"services.{name}.settings").Settings(database_url="sqlite://", **keys)
        found[name] = tuple(import_module(f"services.{name}.bootstrap").bootstrap(settings).reader.publishers)
    return found


def text_of(given: dict[str, Any]) -> str:
    """Return *given* as the file keeps it."""
    return json.dumps(given, indent=2, sort_keys=True) + "\n"


def _user(name: str, *tags: str) -> dict[str, Any]:
    hashed = {"password_hash": f"@{name}@", "hashing_algorithm": "rabbit_password_hashing_sha256"}
    return {"name": name, "tags": ",".join(tags), **hashed}


def _rights(name: str) -> dict[str, str]:
    own = [re.escape(queue_of(name)), re.escape(undelivered_of(name))]
    exchange = re.escape(EXCHANGE)
    return {
        "user": name,
        "vhost": VHOST,
        "configure": f"^({'|'.join([exchange, *own])})$",
        "write": f"^({exchange}|{own[0]})$",
        "read": f"^({exchange}|{own[0]})$",
    }


def _operators_rights() -> dict[str, str]:
    """The live tap: a queue of its own, named by the broker; it tells nothing and reads no reader's."""
    tap = r"amq\.gen-.*"
    read = f"^({re.escape(EXCHANGE)}|{tap})$"
    return {"user": OPERATOR, "vhost": VHOST, "configure": f"^{tap}$", "write": f"^{tap}$", "read": read}


def _topics(name: str, write: str) -> dict[str, str]:
    return {"user": name, "vhost": VHOST, "exchange": EXCHANGE, "write": write, "read": ".*"}


def _queues(reader: str) -> list[dict[str, Any]]:
    return [
        _thing(name=queue_of(reader), arguments=queue_arguments(reader)),
        _thing(name=undelivered_of(reader), arguments=dict(QUEUE_ARGUMENTS)),
    ]


def _thing(**given: object) -> dict[str, Any]:
    return {"vhost": VHOST, "durable": True, "auto_delete": False, "arguments": {}, **given}


def _binding(publisher: str, reader: str) -> dict[str, Any]:
    return {
        "source": EXCHANGE,
        "vhost": VHOST,
        "destination": queue_of(reader),
        "destination_type": "queue",
        "routing_key": binding_of(publisher),
        "arguments": {},
    }
