import json
import re

import pytest

from deploy.image.definitions import FILE, VHOST
from shared.broker.topology import EXCHANGE
from shared.contracts.registry import MODELS
from tests.architecture.tree import ROOT

UPWARD = ROOT / "deploy/rabbitmq/upward"
PERSONAL = re.compile(r"household|person|member|name|phone|unit|reason|text|remark|note")
EVERY_EVENT_HAS = {"occurred_on", "household_id", "area_code"}


def _read(name):
    return json.loads((UPWARD / name).read_text())


@pytest.fixture(name="keys")
def _keys():
    return sorted(one["routing_key"] for one in _read("county.json")["bindings"])


def test_only_whole_types_that_travel_alone_go_up(keys):
    """No pattern, no batch: each key is an event type, and the relay never puts one of it into a batch."""
    assert ["evaluation.assessment_published.v1"] == keys
    assert [True] == [MODELS[key].travels_alone for key in keys]


def test_what_goes_up_can_say_nothing_of_anybody(keys):
    """No field of a type that goes up could name a household, a person, a unit or hold words."""
    fields = {name for key in keys for name in MODELS[key].model_fields} - EVERY_EVENT_HAS
    assert fields
    assert [] == [name for name in sorted(fields) if PERSONAL.search(name)]


def test_the_county_sends_what_it_bound_and_nothing_else():
    """The shovel reads its own queue, which hears the county's exchange, and waits for the city's confirm."""
    county, city = _read("county.json"), _read("city.json")
    (queue,), (binding,), (shovel,) = county["queues"], county["bindings"], county["parameters"]
    assert (EXCHANGE, queue["name"], VHOST) == tuple(
        binding[name] for name in ("source", "destination", "vhost")
    )
    assert (queue["name"], "on-confirm") == (shovel["value"]["src-queue"], shovel["value"]["ack-mode"])
    assert city["exchanges"][0]["name"] == shovel["value"]["dest-exchange"]
    assert queue["name"] not in {one["name"] for one in json.loads(FILE.read_text())["queues"]}


def test_a_county_can_tell_the_city_that_and_read_nothing(keys):
    """The county's user at the city writes those keys to one exchange; it reads and makes nothing."""
    city = _read("city.json")
    (rights,), (topics,) = city["permissions"], city["topic_permissions"]
    assert ("^$", "^$", "^$") == (rights["configure"], rights["read"], topics["read"])
    assert re.fullmatch(rights["write"], city["exchanges"][0]["name"])
    assert keys == [key for key in sorted(MODELS) if re.fullmatch(topics["write"], key)]


@pytest.mark.parametrize("name", ["county.json", "city.json"])
def test_no_secret_is_in_the_file(name):
    """Where the city's address and a password's hash belong stands a place to be filled in."""
    text = (UPWARD / name).read_text()
    assert "@" in text
    assert not re.search(r"amqps?://[^/\s\"]", text)
