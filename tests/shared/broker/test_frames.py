import socket
import struct
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from shared.broker.frames import FrameReader
from shared.broker.link import Delivery

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
        self.delivered: list[Delivery] = []
        self.reader = FrameReader(connection, self.delivered.append)


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


def delivery(tag: int, content_type: bytes, *bodies: bytes, flags: int = 0x8000) -> bytes:
    """Return the frames of a delivery, with a property after the content type that nobody can read."""
    method = struct.pack(">HHB4sQB", 60, 60, 4, b"ctag", tag, 0) + b"\x06county\x05first"
    size = sum(len(body) for body in bodies)
    header = (
        struct.pack(">HHQH", 60, 0, size, flags) + bytes([len(content_type)]) + content_type + b"\xe9\xff"
    )
    return encoded(1, 1, method) + encoded(2, 1, header) + b"".join(encoded(3, 1, body) for body in bodies)


def test_deliveries(ends: Ends) -> None:
    """A delivery is put together from its frames: tag, content type, body in several pieces or none."""
    ends.broker.sendall(
        delivery(7, b"text/plain", b"ab", b"cd") + delivery(8, b"x/y") + delivery(9, b"", flags=0)
    )
    assert ends.reader.pump(0)
    assert [
        Delivery(7, "text/plain", b"abcd"),
        Delivery(8, "x/y", b""),
        Delivery(9, "", b""),
    ] == ends.delivered
    assert [] == ends.handled


def test_a_delivery_that_comes_in_pieces(ends: Ends) -> None:
    """However the stream is cut, a delivery is the same, and a heartbeat in between is no part of it."""
    whole = delivery(7, b"text/plain", b"abcd")
    for byte in whole[:-6]:
        ends.broker.sendall(bytes([byte]))
        ends.reader.pump(0)
    assert [] == ends.delivered
    ends.broker.sendall(whole[-6:] + encoded(8, 0, b""))
    ends.reader.pump(0)
    assert [Delivery(7, "text/plain", b"abcd")] == ends.delivered
    assert [(8, 0, b"")] == ends.handled


def test_a_content_type_nobody_can_read(ends: Ends) -> None:
    """A content type that is no text does not stop the queue; it will be garbage."""
    ends.broker.sendall(delivery(7, b"\xe9\xff", b"ab"))
    ends.reader.pump(0)
    assert [7] == [one.tag for one in ends.delivered]


def test_the_rest_is_given_back(ends: Ends) -> None:
    """What was read too much is there for py-amqp to read."""
    ends.broker.sendall(b"\x01\x00")
    ends.reader.pump(0)
    ends.reader.hand_back()
    assert b"\x01\x00" == ends.transport._read_buffer
