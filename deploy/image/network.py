"""A small network of this machine: a bridge, a network namespace for each service, names, published ports."""

import asyncio
import ipaddress
import os
import signal
import struct
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from deploy.image.compose import Port, ServiceModel
from deploy.image.rooms import program

BRIDGE = "shouxian0"
_PREFIX = "sx-"
_ANSWER, _A, _IN = 0x8580, 1, 1


@dataclass(frozen=True, slots=True)
class Network:
    """Where each service is. The machine itself is the first address."""

    gateway: str
    bits: int
    addresses: Mapping[str, str]

    @classmethod
    def of(cls, subnet: str, services: Sequence[ServiceModel]) -> "Network":
        """Give each service its own address: the one compose.yaml names, else one from the second hundred."""
        net = ipaddress.ip_network(subnet)
        fixed = {one.name: one.address for one in services if one.address}
        free = (str(net[number]) for number in range(101, 250))
        others = {one.name: next(free) for one in services if one.name not in fixed}
        return cls(str(net[1]), net.prefixlen, {**fixed, **others})

    def set_up(self) -> None:
        """Make bridge and namespaces; what an earlier county left behind is removed with its processes."""
        self.take_down()
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("address", "add", f"{self.gateway}/{self.bits}", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        for number, (name, address) in enumerate(sorted(self.addresses.items())):
            space, outer = namespace_of(name), f"sx{number}"
            _ip("netns", "add", space)
            _ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space)
            _ip("link", "set", outer, "master", BRIDGE, "up")
            _ip("-n", space, "address", "add", f"{address}/{self.bits}", "dev", "eth0")
            _ip("-n", space, "link", "set", "lo", "up")
            _ip("-n", space, "link", "set", "eth0", "up")
            _ip("-n", space, "route", "add", "default", "via", self.gateway)

    def take_down(self) -> None:
        """Remove everything of ours, processes that stayed behind first."""
        for space in _asked("netns", "list").splitlines():
            name = space.split()[0] if space.split() else ""
            if name.startswith(_PREFIX):
                end_all(name)
                _ip("netns", "delete", name)
        if f"{BRIDGE}:" in _asked("link", "show"):
            _ip("link", "delete", BRIDGE)


def namespace_of(service: str) -> str:
    """Return the network namespace of *service*."""
    return _PREFIX + service


def end_all(space: str) -> None:
    """Kill what is left in a namespace of ours: some programs start others that leave their group."""
    for number in _asked("netns", "pids", space).split():
        with suppress(ProcessLookupError):
            os.kill(int(number), signal.SIGKILL)


def _ip(*words: str) -> None:
    subprocess.run([program("ip"), *words], check=True)


def _asked(*words: str) -> str:
    done = subprocess.run([program("ip"), *words], check=False, capture_output=True, text=True)
    return done.stdout


class Names(asyncio.DatagramProtocol):
    """Answers with the address of a service: what an engine's own name server does for containers."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with suppress(ValueError, IndexError, struct.error):
            assert self._transport is not None  # noqa: S101  (it is connected)
            self._transport.sendto(answer(data, self._addresses), addr)


def answer(question: bytes, addresses: Mapping[str, str]) -> bytes:
    """Return the answer to a DNS question: an address, nothing of another kind, or no such name."""
    number, _flags, count = struct.unpack_from("!HHH", question)
    labels, place = [], 12
    while length := question[place]:
        labels.append(question[place + 1 : place + 1 + length].decode("ascii"))
        place += 1 + length
    kind, _class = struct.unpack_from("!HH", question, place + 1)
    asked = question[12 : place + 5]
    address = addresses.get(".".join(labels).lower())
    if count != 1 or address is None:
        return struct.pack("!HHHHHH", number, _ANSWER | 3, 1, 0, 0, 0) + asked
    found = (
        b""
        if kind != _A
        else struct.pack("!HHHIH", 0xC00C, _A, _IN, 5, 4) + ipaddress.ip_address(address).packed
    )
    return struct.pack("!HHHHHH", number, _ANSWER, 1, bool(found), 0, 0) + asked + found


async def publish(port: Port, address: str) -> asyncio.Server:
    """Lead *port* of the machine to the container at *address*."""

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(address, port.inside)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))

    return await asyncio.start_server(lead, port.address, port.outside)


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    with suppress(OSError):
        target.close()
