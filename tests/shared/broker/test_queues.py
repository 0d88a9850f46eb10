import pytest

from shared.broker.link import Depth, open_link
from shared.broker.queues import queue_depths
from tests.support.messages import single


@pytest.fixture(params=["memory", pytest.param("amqp", marks=pytest.mark.connected)])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty broker of each kind."""
    if request.param == "memory":
        return "memory://depths"
    address: str = request.getfixturevalue("vhost")
    return address


def test_depths(url: str) -> None:
    """What waits with nobody, and how many consume, is told of each queue; a queue not there is none."""
    link = open_link(url)
    link.declare_queue("second", ["first"])
    link.publish([single("e1"), single("e2")])
    consumer = open_link(url)
    consumer.consume("second", prefetch=1)
    assert consumer.receive(5) is not None
    assert {"second": Depth(1, 1, 0), "last": None} == queue_depths(url, ["second", "last"])
    consumer.close()
    link.close()
