"""Three RabbitMQ nodes as one private cluster on this machine: any of them may be killed."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, cast

from tests.support.rabbitmq import RabbitMQ
from tests.support.server import ServerError, find_program, free_port, hand_over, unprivileged

_COOKIE = "shouxian-chaos"
_NODES = 3
_JOINING = "cluster_formation.peer_discovery_backend = classic_config\n"
_FULL = 10**15
_ROOMY = 50 * 10**6
"""Bytes a disk must have left; RabbitMQ takes the first limit for never kept."""


class Node(RabbitMQ):
    """One of the three. Nodes share the name server of Erlang, which outlives each of them."""

    def __init__(self, name: str, peers: Sequence[str], names_port: int) -> None:
        super().__init__()
        self.name = name
        self._names_port = names_port
        with (self.directory / "rabbitmq.conf").open("a") as config:
            config.write(_JOINING)
            for number, peer in enumerate(peers, start=1):
                config.write(f"cluster_formation.classic_config.nodes.{number} = {peer}\n")
        cookie = self.directory / ".erlang.cookie"
        cookie.write_text(_COOKIE)
        hand_over(cookie)
        cookie.chmod(0o400)

    def set_disk_full(self, *, full: bool) -> None:
        """Let the node believe that its disk is full; publishers then wait."""
        self.call(f"rabbit_disk_monitor set_disk_free_limit [{_FULL if full else _ROOMY}]")

    def call(self, function: str) -> None:
        """Call a function inside the node, as ``rabbitmqctl`` does, which takes seconds only to start."""
        program = find_program("erl_call", "/usr/lib/erlang/lib/erl_interface-*/bin")
        done = subprocess.run(
            [str(program), "-c", _COOKIE, "-sname", self.name, "-a", function],
            env=dict(self._environment()),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode or done.stdout.strip() != "ok":
            raise ServerError(f"{function}: {done.stdout}{done.stderr}")

    def _environment(self) -> Mapping[str, str]:
        return {**super()._environment(), "RABBITMQ_NODENAME": self.name}

    def _prepare(self) -> None:
        """The cluster has started the name server."""


class RabbitMQCluster:
    """Three nodes. Quorum queues that are declared while all run have a copy on each.

    Work in a vhost of your own, and leave all nodes running: ``heal`` sees to it.
    """

    def __init__(self) -> None:
        names_port = free_port()
        names = [f"shouxian{number}@localhost" for number in range(1, _NODES + 1)]
        self.nodes = [Node(name, names, names_port) for name in names]
        self._name_server = _NameServer(names_port)
        self._full: Node | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start all nodes; the first time they find each other."""
        self._name_server.start()
        self.nodes[0].start()
        with ThreadPoolExecutor() as pool:
            list(pool.map(RabbitMQ.start, self.nodes[1:]))
        running = cast("list[dict[str, Any]]", self.running.manage("GET", "/api/nodes"))
        if _NODES != sum(node["running"] for node in running):
            raise ServerError(f"the nodes did not find each other: {running}")

    @property
    def running(self) -> Node:
        """A node that runs."""
        return next(node for node in self.nodes if node.running)

    def leader_of(self, vhost: str, queue: str) -> Node:
        """Return the node that leads *queue*: the one whose loss disturbs most.

        Raises KeyError while the management interface has not heard who that is: ask again.
        """
        state = cast("dict[str, Any]", self.running.manage("GET", f"/api/queues/{vhost}/{queue}"))
        leader = state["leader"] if "leader" in state else state["node"]  # of a classic queue
        return next(node for node in self.nodes if node.name == leader)

    def members_of(self, vhost: str, queue: str) -> set[str]:
        """Return the names of the nodes with a copy of *queue*."""
        state = cast("dict[str, Any]", self.running.manage("GET", f"/api/queues/{vhost}/{queue}"))
        return set(state["members"])

    def fill_disk(self, node: Node) -> None:
        """Raise the alarm of a full disk on *node*: publishers wait everywhere."""
        self._full = node
        node.set_disk_full(full=True)

    def free_disk(self) -> None:
        """End the alarm."""
        if self._full is not None:
            self._full.set_disk_full(full=False)
            self._full = None

    def heal(self) -> None:
        """Start what is down, end the alarm."""
        for node in self.nodes:
            node.start()
        self.free_disk()

    def close(self) -> None:
        """End all nodes and their name server for good."""
        for node in self.nodes:
            node.close()
        self._name_server.close()


class _NameServer:
    """epmd on a port of its own; ends with the pipe that holds it, however we die."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._process is not None:
            return
        epmd = find_program("epmd", "/usr/lib/erlang/erts-*/bin")
        script = '"$0" -port "$1" -address 127.0.0.1 & child=$!; cat >/dev/null; kill -KILL $child; wait'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", script, str(epmd), str(self._port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
            start_new_session=True,
            **unprivileged(),
        )

    def close(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(30)
            self._process = None
