import pytest

from shared.broker.link import BrokerAwayError, UnroutableError, open_link, reason_of, without_password
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
