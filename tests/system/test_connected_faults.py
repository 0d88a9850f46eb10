"""The four services on PostgreSQL and RabbitMQ, two workers of each, while everything goes wrong."""

import random
import signal
import time

import pytest

from tests.support.county_on import TestCounty, differences, final_state_of
from tests.support.county_workers import CountyWorkers, wait_until
from tests.support.household_story import Story
from tests.support.playing import Playing, Undisturbed
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ
from tests.support.troublemaker import Troublemaker

pytestmark = [pytest.mark.connected, pytest.mark.chaos, pytest.mark.timeout(300)]


def ends_as_if_undisturbed(county: TestCounty, workers: CountyWorkers, undisturbed: Undisturbed) -> None:
    """Wait for the arrival of everything; then every row is there exactly as if nothing had happened."""
    workers.everything_arrived()
    assert [] == county.set_aside()
    assert 0 == county.waiting()
    assert {} == differences(undisturbed.state, final_state_of(county))


def test_workers_killed_at_random_moments(
    county: TestCounty, workers: CountyWorkers, stories: list[Story], undisturbed: Undisturbed
) -> None:
    """However often workers are killed under load, the state at the end is that of an undisturbed run."""
    chance = random.Random(1)
    with Playing(county, stories, undisturbed) as playing:
        playing.reach(0.2, 40)
        # What waits is much, and no reader has its queue yet: it must wait on.
        workers.start("monitoring", "monitoring")
        time.sleep(3)
        workers.start_two_of_each(but="monitoring")
        for _ in range(8):
            time.sleep(chance.uniform(0.2, 1.5))
            workers.kill_one(chance)
        playing.finish(60)
    ends_as_if_undisturbed(county, workers, undisturbed)
    # A worker killed by SIGTERM had only just been started.
    assert {*workers.stop()} <= {0, -signal.SIGTERM}


def test_servers_that_restart(
    county: TestCounty,
    workers: CountyWorkers,
    stories: list[Story],
    undisturbed: Undisturbed,
    rabbitmq: RabbitMQ,
    postgresql: PostgreSQL,
) -> None:
    """Broker and database are restarted and killed under load; no change is lost or done twice."""
    workers.start_two_of_each()
    with Playing(county, stories, undisturbed, pause=0.3) as playing:
        playing.reach(0.05, 30)
        postgresql.restart()
        playing.reach(0.2, 60)
        rabbitmq.restart()
        postgresql.kill()
        postgresql.start()
        playing.finish(60)
    assert playing.outages > 0, "no command met the outage"
    ends_as_if_undisturbed(county, workers, undisturbed)
    assert [0] * 8 == workers.stop()


@pytest.mark.long
def test_a_broker_that_freezes(
    county: TestCounty,
    workers: CountyWorkers,
    stories: list[Story],
    undisturbed: Undisturbed,
    rabbitmq: RabbitMQ,
) -> None:
    """A broker that stands still for 20 s with every connection open is left and found again."""
    workers.start_two_of_each()
    with Playing(county, stories, undisturbed, pause=0.2) as playing:
        playing.reach(0.1, 30)
        rabbitmq.freeze()
        try:
            time.sleep(20)
            frozen_at = playing.done
        finally:
            rabbitmq.thaw()
        playing.finish(60)
    assert frozen_at < 1, "everything was done before the broker froze"
    ends_as_if_undisturbed(county, workers, undisturbed)
    assert [0] * 8 == workers.stop()


def test_messages_of_every_kind(
    county: TestCounty,
    workers: CountyWorkers,
    stories: list[Story],
    undisturbed: Undisturbed,
    rabbitmq: RabbitMQ,
) -> None:
    """Repeated, reordered: nothing changes; garbage and bad events, and only they, are set aside."""
    workers.start_two_of_each()
    with Troublemaker(county.broker_url) as trouble:
        with Playing(county, stories, undisturbed) as playing:
            while playing.done < 1 and playing.failure is None:
                trouble.repeat_backwards()
                trouble.send_garbage()
                time.sleep(0.5)
            playing.finish(1)
        trouble.repeat_backwards()
        sent = trouble.send_bad_events()
    workers.everything_arrived()
    wait_until(lambda: len(county.set_aside()) >= len(sent), 20, "the bad events")
    time.sleep(1)  # what repeats has time to be done twice
    assert sorted(sent) == county.set_aside()
    state = {table: rows for table, rows in final_state_of(county).items() if not table.endswith("set_aside")}
    expected = {table: rows for table, rows in undisturbed.state.items() if not table.endswith("set_aside")}
    assert {} == differences(expected, state)
    assert [0] * 8 == workers.stop()
