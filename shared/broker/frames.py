"""What has arrived on an AMQP connection, read in large pieces and never waited for longer than asked.

py-amqp reads each frame with three system calls, has no way to take only what is
there, and spins when a broker freezes in the middle of a frame. So while we
listen, the socket is read here and whole frames are given to it.
"""

import struct
from time import monotonic
from typing import Any

from amqp.exceptions import FrameSyntaxError

_HEADER = struct.Struct(">BHI")
_END = 0xCE
_CONTENT_HEADER = 2
_NO_PROPERTIES = b"\x00\x00"
_PIECE = 1 << 16


class FrameReader:
    """The reading half of *connection* (py-amqp). Waits by the socket's own time-out."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  (py-amqp has no types)
        self._connection = connection
        self._transport = connection.transport  # asking a lost connection for it would connect again
        self._buffer = bytearray()
        self.silent_for = 0.0
        """Seconds spent waiting since anything was heard; time spent elsewhere is not the broker's."""

    def pump(self, wait: float) -> bool:
        """Handle what is there, waiting for it up to *wait* seconds; return whether anything was."""
        handled = self._handle_frames()
        while not handled and wait >= 0:
            started = monotonic()
            if not self._read(wait):
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
        handle = self._connection.on_inbound_frame
        try:
            handle((kind, channel, payload))
        except (ValueError, OverflowError, struct.error, FrameSyntaxError):
            if kind != _CONTENT_HEADER:
                raise
            # Properties nobody can read must not stop the queue: without them the message is
            # garbage and will be set aside. Class, weight and body size are the first 12 bytes.
            handle((kind, channel, payload[:12] + _NO_PROPERTIES))
