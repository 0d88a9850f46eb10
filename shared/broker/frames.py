"""What has arrived on an AMQP connection, read in large pieces and never waited for longer than asked.

py-amqp reads each frame with three system calls, has no way to take only what is
there, spins when a broker freezes in the middle of a frame, and stops at a
message with a property it cannot decode. So while we listen, the socket is read
here; deliveries, which are nearly everything, are taken apart here, and all other
frames are given to it.
"""

import struct
from collections.abc import Callable
from time import monotonic
from typing import Any

from shared.broker.link import Delivery

_HEADER = struct.Struct(">BHI")
_END = 0xCE
_PIECE = 1 << 16
_METHOD, _CONTENT_HEADER, _BODY = 1, 2, 3
_DELIVER = struct.pack(">HH", 60, 60)
_TAG = struct.Struct(">Q")
_SIZE_AND_FLAGS = struct.Struct(">QH")
_HAS_CONTENT_TYPE = 0x8000


class FrameReader:
    """The reading half of *connection* (py-amqp), with one channel. Waits by the socket's own time-out."""

    def __init__(self, connection: Any, deliver: Callable[[Delivery], object]) -> None:  # noqa: ANN401
        self._connection = connection
        self._transport = connection.transport  # asking a lost connection for it would connect again
        self._deliver = deliver
        self._buffer = bytearray()
        self._content: _Content | None = None
        self.silent_for = 0.0
        """Seconds spent waiting since anything was heard; time spent elsewhere is not the broker's."""

    def pump(self, wait: float) -> bool:
        """Handle what is there, waiting for it up to *wait* seconds; return whether anything was."""
        handled = self._handle_frames()
        while not handled:
            started = monotonic()
            # A read gives one record of TLS, 16 kB: the time may be up before all that is there was read.
            if not self._read(max(0.0, wait)):
                self.silent_for += monotonic() - started
                return False
            handled = self._handle_frames()
            wait -= monotonic() - started
        return handled

    def hand_back(self) -> None:
        """Give what is left unread back to py-amqp, which reads alone from here on."""
        rest = bytes(self._buffer) + self._transport._read_buffer  # noqa: SLF001  (there is no public way)
        self._transport._read_buffer = rest  # noqa: SLF001
        self._buffer.clear()

    def _read(self, wait: float) -> bool:
        socket = self._transport.sock
        if socket is None:
            raise ConnectionResetError("the connection is closed")
        usual = socket.gettimeout()
        socket.settimeout(wait)
        try:
            piece = socket.recv(_PIECE)
        except (TimeoutError, BlockingIOError):
            return False
        except OSError as error:
            if type(error).__name__ in {"SSLWantReadError", "SSLWantWriteError"}:
                return False
            raise
        finally:
            socket.settimeout(usual)
        if not piece:
            raise ConnectionResetError("the broker closed the connection")
        self._buffer += piece
        self.silent_for = 0.0
        return True

    def _handle_frames(self) -> bool:
        buffer, start, handled = self._buffer, 0, False
        try:
            while len(buffer) - start >= _HEADER.size:
                kind, channel, size = _HEADER.unpack_from(buffer, start)
                end = start + _HEADER.size + size
                if len(buffer) <= end:
                    break
                if buffer[end] != _END:
                    raise ConnectionResetError("the broker sent a broken frame")
                payload = bytes(buffer[start + _HEADER.size : end])
                start = end + 1
                handled = True
                self._handle(kind, channel, payload)
        finally:
            del buffer[:start]
        return handled

    def _handle(self, kind: int, channel: int, payload: bytes) -> None:
        if kind == _METHOD and payload.startswith(_DELIVER):
            self._content = _Content(payload)
        elif self._content is not None and kind in {_CONTENT_HEADER, _BODY}:
            if self._content.complete_with(kind, payload):
                content, self._content = self._content, None
                self._deliver(content.delivery())
        else:
            self._connection.on_inbound_frame((kind, channel, payload))


class _Content:
    """A delivery whose frames are still coming: the method, a header, and bodies."""

    def __init__(self, method: bytes) -> None:
        consumer_tag_length = method[len(_DELIVER)]
        (self._tag,) = _TAG.unpack_from(method, len(_DELIVER) + 1 + consumer_tag_length)
        self._content_type = ""
        self._bodies: list[bytes] = []
        self._missing = 0

    def complete_with(self, kind: int, payload: bytes) -> bool:
        """Take one more frame; return whether it was the last."""
        if kind == _CONTENT_HEADER:
            self._missing, flags = _SIZE_AND_FLAGS.unpack_from(payload, 4)
            if flags & _HAS_CONTENT_TYPE:
                length = payload[14]
                self._content_type = payload[15 : 15 + length].decode(errors="replace")
        else:
            self._bodies.append(payload)
            self._missing -= len(payload)
        return self._missing == 0

    def delivery(self) -> Delivery:
        return Delivery(self._tag, self._content_type, b"".join(self._bodies))
