from datetime import date
from unittest.mock import patch

import orjson
import pytest

from shared.broker.link import BrokerAwayError, Delivery, UnroutableError, open_link
from shared.broker.memory_link import MemoryLink
from shared.broker.relay import EVENTS_IN_A_MESSAGE, FEW, OutboxRelay
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE
from shared.contracts.evaluation.v1.assessment import AssessmentPublished
from tests.support.chain import ChainService, counted


def tapped(service: ChainService) -> MemoryLink:
    """Return a link that hears what ``first`` tells."""
    link = open_link(service.settings.broker_url)
    assert isinstance(link, MemoryLink)
    link.declare_queue("tap", ["first"])
    link.consume("tap", prefetch=1000)
    return link


def heard(link: MemoryLink) -> list[Delivery]:
    """Return what is there."""
    found = []
    while (delivery := link.receive(0)) is not None:
        found.append(delivery)
    return found


def test_few_go_one_by_one(first: ChainService) -> None:
    """Up to a few waiting events are a message each, in the single-event format."""
    tap = tapped(first)
    told = first.tell([counted(n) for n in range(FEW)])
    assert FEW == OutboxRelay.of(first).drain()
    deliveries = heard(tap)
    assert [EVENT_MEDIA_TYPE] * FEW == [d.content_type for d in deliveries]
    assert [e.attributes() for e in told] == [orjson.loads(d.body) for d in deliveries]
    assert 0 == first.waiting()


def test_many_go_together(first: ChainService) -> None:
    """Many waiting events are batches, in their order."""
    tap = tapped(first)
    told = first.tell([counted(n) for n in range(EVENTS_IN_A_MESSAGE + 1)])
    assert len(told) == OutboxRelay.of(first).drain()
    deliveries = heard(tap)
    assert [BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE] == [d.content_type for d in deliveries]
    batch = orjson.loads(deliveries[0].body)
    assert [e.id for e in told[:-1]] == [event["id"] for event in batch]


def test_what_others_pick_by_its_key_travels_alone(first: ChainService) -> None:
    """Among many, an event that a broker beyond the county picks keeps its own routing key."""
    tap = open_link(first.settings.broker_url)
    assert isinstance(tap, MemoryLink)
    tap.declare_queue("tap", ["first", "evaluation"])
    tap.consume("tap", prefetch=1000)
    day = date(2022, 12, 31)
    published = AssessmentPublished(
        assessment_id="1", year=2022, occurred_on=day, as_of=day, known_at=day, digest="0" * 64
    )
    several = [published.model_copy(update={"assessment_id": str(n)}) for n in range(2)]
    first.tell([*(counted(n) for n in range(FEW)), *several])
    assert FEW + 2 == OutboxRelay.of(first).drain()
    kinds = sorted((d.content_type, d.body.count(AssessmentPublished.type.encode())) for d in heard(tap))
    assert [(EVENT_MEDIA_TYPE, 1), (EVENT_MEDIA_TYPE, 1), (BATCH_MEDIA_TYPE, 0)] == kinds


def test_nothing_waits(first: ChainService) -> None:
    """An empty outbox is no reason to talk to the broker."""
    with patch("shared.broker.relay.open_link", side_effect=BrokerAwayError):
        assert 0 == OutboxRelay.of(first).drain()


def test_more_than_is_taken_at_once(first: ChainService) -> None:
    """One call empties the outbox however much waits."""
    tap = tapped(first)
    first.tell([counted(n) for n in range(25)])
    relay = OutboxRelay(first.settings.broker_url, first.uow, first.clock, taken_at_once=10)
    assert 25 == relay.drain()
    assert [10, 10, *[1] * 5] == [body.count(b'"id":') for body in (d.body for d in heard(tap))]


def test_nobody_reads_it(first: ChainService) -> None:
    """Without a queue the event waits on, and leaves once there is one."""
    first.tell([counted(1)])
    relay = OutboxRelay.of(first)
    with pytest.raises(UnroutableError):
        relay.drain()
    assert 1 == first.waiting()
    tap = tapped(first)
    assert 1 == relay.drain()
    assert 1 == len(heard(tap))


def test_the_audience_is_waited_for(first: ChainService) -> None:
    """With an audience nothing leaves before every one of them has its queue."""
    tap = tapped(first)
    first.tell([counted(1)])
    relay = OutboxRelay.of(first, audience=["tap", "second"])
    with pytest.raises(UnroutableError):
        relay.drain()
    assert [] == heard(tap)
    tap.declare_queue("second", ["first"])
    assert 1 == relay.drain()


def test_an_outage(first: ChainService) -> None:
    """An outage is raised, keeps every event, and the next call connects anew."""
    tap = tapped(first)
    first.tell([counted(1)])
    relay = OutboxRelay.of(first)
    with patch.object(MemoryLink, "publish", side_effect=BrokerAwayError), pytest.raises(BrokerAwayError):
        relay.drain()
    assert 1 == first.waiting()
    assert 1 == relay.drain()
    assert 1 == len(heard(tap))


def test_a_crash_before_the_commit_repeats(first: ChainService) -> None:
    """What was published and not noted is published again: repeated, never lost."""
    tap = tapped(first)
    first.tell([counted(1)])
    relay = OutboxRelay.of(first)
    with (
        patch("shared.messaging.outbox.Outbox.mark_published", side_effect=MemoryError),
        pytest.raises(MemoryError),
    ):
        relay.drain()
    assert 1 == first.waiting()
    assert 1 == relay.drain()
    assert 2 == len(heard(tap))


def test_a_link_that_refused_is_left(first: ChainService) -> None:
    """A broker may refuse for as long as a channel lives: the next attempt has a new one."""
    tap = tapped(first)
    first.tell([counted(1)])
    stuck, good = (open_link(first.settings.broker_url) for _ in range(2))
    relay = OutboxRelay.of(first)
    with (
        patch.object(stuck, "publish", return_value={0}),
        patch("shared.broker.relay.open_link", side_effect=[stuck, good]),
    ):
        with pytest.raises(UnroutableError):
            relay.drain()
        assert 1 == relay.drain()
    assert 1 == len(heard(tap))
