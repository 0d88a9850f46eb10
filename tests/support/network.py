"""Wires between clients and servers that can be frozen, cut and slowed down, without any right of root.

``Network`` runs this module as a process of its own, so that what it forwards never waits for the tests.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Self

from tests.support.chain_county import ROOT

_PIECE = 1 << 16


class Network:
    """Named wires, each a port of this machine that leads to a server's port."""

    def __init__(self, servers: Mapping[str, int]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.network", json.dumps(dict(servers))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            start_new_session=True,
        )
        self.ports: dict[str, int] = self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def freeze(self, *names: str) -> None:
        """Let nothing through any more, silently: connections stay open, new ones get no answer."""
        self._order("freeze", names)

    def cut(self, *names: str) -> None:
        """Break all connections and refuse new ones."""
        self._order("cut", names)

    def slow(self, seconds: float, *names: str) -> None:
        """Let everything that a client sends wait *seconds*."""
        self._order("slow", names, seconds)

    def mend(self, *names: str) -> None:
        """Let everything through again; what a frozen wire held back arrives now."""
        self._order("mend", names)

    def _order(self, what: str, names: tuple[str, ...], seconds: float = 0.0) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([what, names, seconds]) + "\n")
        self._process.stdin.flush()
        self._answer()

    def _answer(self) -> dict[str, int]:
        assert self._process.stdout is not None
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer


class _Wire:
    """One of them, inside the process."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._flowing = asyncio.Event()
        self._seconds = 0.0
        self._ends: set[asyncio.StreamWriter] = set()
        self._listener: asyncio.Server | None = None
        self.port = 0

    async def mend(self) -> None:
        self._seconds = 0.0
        self._flowing.set()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._joined, "127.0.0.1", self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    async def freeze(self) -> None:
        self._flowing.clear()

    async def cut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for end in list(self._ends):
            end.transport.abort()
        self._flowing.set()

    async def slow(self, seconds: float) -> None:
        self._seconds = seconds

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            there, away = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            self._ends.discard(writer)
            return
        self._ends.add(away)
        await asyncio.gather(self._carry(reader, away, slowly=True), self._carry(there, writer))
        self._ends -= {writer, away}

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slowly: bool = False
    ) -> None:
        try:
            while piece := await reader.read(_PIECE):
                await self._flowing.wait()
                if slowly and self._seconds:
                    await asyncio.sleep(self._seconds)
                writer.write(piece)
                await writer.drain()
            writer.close()
        except OSError:
            writer.transport.abort()


async def _serve(servers: Mapping[str, int]) -> None:
    wires = {name: _Wire(port) for name, port in servers.items()}
    for wire in wires.values():
        await wire.mend()
    _say({name: wire.port for name, wire in wires.items()})
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    while line := await orders.readline():
        what, names, seconds = json.loads(line)
        for name in names:
            wire = wires[name]
            if what == "slow":
                await wire.slow(seconds)
            else:
                await {"freeze": wire.freeze, "cut": wire.cut, "mend": wire.mend}[what]()
        _say({})


def _say(answer: Mapping[str, int]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve(json.loads(sys.argv[1])))
