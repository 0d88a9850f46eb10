import pytest

from shared.broker import amqp_link
from shared.broker.link import (
    BrokerAwayError,
    UnroutableError,
    addresses_of,
    in_any_order,
    open_link,
    reason_of,
    without_password,
)
from tests.support.server import free_port


def test_nobody_listens() -> None:
    """A broker that is not there is an outage, told without the password."""
    with pytest.raises(BrokerAwayError) as away:
        open_link(f"amqp://guest:secret@127.0.0.1:{free_port()}//")
    assert "secret" not in str(away.value)


def test_an_outage_is_an_os_error() -> None:
    """Intake takes it for an outage, never for a fault of the event."""
    assert issubclass(BrokerAwayError, OSError)


def test_a_url_for_the_log() -> None:
    """What is logged has no password."""
    assert "secret" not in without_password("amqp://guest:secret@host//")


def test_what_a_log_may_say() -> None:
    """Our own errors are told in words; of others only the class, since their text may quote data."""
    assert "UnroutableError: no queue" == reason_of(UnroutableError("no queue"))
    assert "ValueError" == reason_of(ValueError("张三"))


@pytest.mark.parametrize(
    ("url", "nodes"),
    [
        ("amqp://u:p@a:1,b:2/v", ["amqp://u:p@a:1/v", "amqp://u:p@b:2/v"]),
        ("amqps://u:x,y@a,b?keyfile=k,1", ["amqps://u:x,y@a?keyfile=k,1", "amqps://u:x,y@b?keyfile=k,1"]),
        ("amqp://a,b", ["amqp://a", "amqp://b"]),
        ("amqp://u:p@a/v,w", ["amqp://u:p@a/v,w"]),
        ("memory://a,b", ["memory://a,b"]),
    ],
)
def test_the_nodes_of_a_cluster(url: str, nodes: list[str]) -> None:
    """Hosts are separated by commas; user, password, vhost and files are the same for each."""
    assert nodes == addresses_of(url)


def test_any_node_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The node that answers is found, wherever it stands in the list and whichever is tried first."""

    def connect(url: str) -> str:
        if "@b/" not in url:
            raise BrokerAwayError(url)
        return url

    monkeypatch.setattr(amqp_link, "AmqpLink", connect)
    for _ in range(20):
        assert "amqp://u:p@b/v" == str(open_link("amqp://u:p@a,b,c/v"))


def test_no_node_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is tried once; then it is an outage."""
    tried: list[str] = []

    def connect(url: str) -> None:
        tried.append(url)
        raise BrokerAwayError(url)

    monkeypatch.setattr(amqp_link, "AmqpLink", connect)
    with pytest.raises(BrokerAwayError):
        open_link("amqp://a,b,c/v")
    assert ["amqp://a/v", "amqp://b/v", "amqp://c/v"] == sorted(tried)


def test_workers_spread() -> None:
    """No node is everybody's first."""
    assert {"a", "b", "c"} == {in_any_order("abc")[0] for _ in range(200)}


def test_a_url_of_several_for_the_log() -> None:
    """Of a cluster every node is named, without the password."""
    told = without_password("amqps://guest:secret@a,b:5671/v?cacertfile=c")
    assert "secret" not in told
    assert "guest:**@a" in told
    assert "@b:5671" in told
