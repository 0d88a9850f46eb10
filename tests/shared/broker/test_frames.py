import socket
import struct
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from shared.broker.frames import FrameReader

Frame = tuple[int, int, bytes]


def encoded(kind: int, channel: int, payload: bytes) -> bytes:
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + b"\xce"


class Ends:
    """A reader at one end of a socket, the test at the other."""

    def __init__(self) -> None:
        ours, self.broker = socket.socketpair()
        ours.settimeout(7)
        self.handled: list[Frame] = []
        self.transport = SimpleNamespace(sock=ours, _read_buffer=b"")
        connection = SimpleNamespace(transport=self.transport, on_inbound_frame=self.handled.append)
        self.reader = FrameReader(connection)


@pytest.fixture
def ends() -> Iterator[Ends]:
    both = Ends()
    yield both
    both.broker.close()
    if both.transport.sock is not None:
        both.transport.sock.close()


def test_nothing_is_there(ends: Ends) -> None:
    """Asked for what is there, it does not wait."""
    started = time.monotonic()
    assert not ends.reader.pump(0)
    assert time.monotonic() - started < 0.5


def test_everything_that_is_there(ends: Ends) -> None:
    """Several frames that came together are handled in order."""
    frames = [(1, 1, b"a"), (8, 0, b""), (3, 1, b"x" * 5000)]
    ends.broker.sendall(b"".join(encoded(*frame) for frame in frames))
    assert ends.reader.pump(0)
    assert frames == ends.handled


def test_half_a_frame(ends: Ends) -> None:
    """Half a frame is waited for no longer than asked, and handled when the rest has come."""
    whole = encoded(1, 1, b"abc")
    ends.broker.sendall(whole[:5])
    started = time.monotonic()
    assert not ends.reader.pump(0)
    assert not ends.reader.pump(0.05)
    assert time.monotonic() - started < 1
    ends.broker.sendall(whole[5:])
    assert ends.reader.pump(1)
    assert [(1, 1, b"abc")] == ends.handled


def test_silence_is_counted_while_listening(ends: Ends) -> None:
    """Waiting in vain adds up; anything heard ends it; time spent elsewhere does not count."""
    ends.reader.pump(0.05)
    ends.reader.pump(0.05)
    assert 0.09 < ends.reader.silent_for < 1
    time.sleep(0.2)
    assert ends.reader.silent_for < 0.2
    ends.broker.sendall(encoded(8, 0, b""))
    ends.reader.pump(0.05)
    assert 0 == ends.reader.silent_for


def test_the_usual_time_out_stays(ends: Ends) -> None:
    """Whoever uses the socket next finds its time-out as it was."""
    ends.reader.pump(0)
    ends.reader.pump(0.01)
    assert 7 == ends.transport.sock.gettimeout()


def test_the_broker_hangs_up(ends: Ends) -> None:
    """The end of the stream is an error, not silence."""
    ends.broker.close()
    with pytest.raises(ConnectionResetError):
        ends.reader.pump(1)


def test_a_closed_connection(ends: Ends) -> None:
    """A connection py-amqp has given up is an error, not a crash."""
    ends.transport.sock.close()
    ends.transport.sock = None
    with pytest.raises(ConnectionResetError):
        ends.reader.pump(0)


def test_a_broken_frame(ends: Ends) -> None:
    """A frame without its end mark is an error: from here on nothing can be trusted."""
    ends.broker.sendall(encoded(1, 1, b"abc")[:-1] + b"\x00")
    with pytest.raises(ConnectionResetError):
        ends.reader.pump(0)


def test_properties_nobody_can_read(ends: Ends) -> None:
    """A content header whose properties cannot be read is handled again without them."""
    handled: list[Frame] = []

    def handle(frame: Frame) -> None:
        if b"\xe9" in frame[2]:
            raise UnicodeDecodeError("utf-8", frame[2], 0, 1, "no")
        handled.append(frame)

    ends.reader._connection.on_inbound_frame = handle
    ends.broker.sendall(encoded(2, 1, b"0123456789ab" + b"\x80\x00\x01\xe9"))
    assert ends.reader.pump(0)
    assert [(2, 1, b"0123456789ab\x00\x00")] == handled


def test_the_rest_is_given_back(ends: Ends) -> None:
    """What was read too much is there for py-amqp to read."""
    ends.broker.sendall(b"\x01\x00")
    ends.reader.pump(0)
    ends.reader.hand_back()
    assert b"\x01\x00" == ends.transport._read_buffer
