"""A private RabbitMQ: own node, ports, cookie and data; apart from any that the system runs."""

import base64
import http.client
import json
import os
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.certificates import Authority
from tests.support.server import Server, find_program, free_port, hand_over, unprivileged

_USER = "guest"
_CONFIG = """\
listeners.tcp.local = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {http}
management_agent.disable_metrics_collector = true
log.console = true
log.console.level = warning
log.file = false
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
"""
_TLS_CONFIG = """\
listeners.ssl.local = 127.0.0.1:{port}
ssl_options.cacertfile = {authority}
ssl_options.certfile = {certificate}
ssl_options.keyfile = {key}
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
"""
_QUIET_SCHEDULERS = "-noinput +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
"""Two schedulers that do not spin: the machine belongs to what is tested."""


class RabbitMQ(Server):
    """A broker for tests. ``create_vhost`` gives each test a broker to itself.

    With *tls* it has a second port, ``tls_port``, where it is called localhost and
    wants a certificate of the same authority from its clients.
    """

    program = "rabbitmq"

    def __init__(self, directory: Path | None = None, *, tls: Authority | None = None) -> None:
        super().__init__(directory)
        self.port = free_port()
        self.tls_port = free_port()
        self._http_port = free_port()
        self._distribution_port = free_port()
        self._names_port = free_port()
        self._names: subprocess.Popen[bytes] | None = None
        self._server = find_program("rabbitmq-server", "/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin")
        hand_over(self.directory)
        config = _CONFIG.format(amqp=self.port, http=self._http_port)
        self._write("rabbitmq.conf", config + (self._tls_config(tls) if tls else ""))
        self._write("enabled_plugins", "[rabbitmq_management].\n")

    @property
    def url(self) -> str:
        """The default vhost."""
        return self.url_of("/")

    def url_of(self, vhost: str) -> str:
        """Return the address of *vhost*, for kombu and pika alike."""
        return f"amqp://{_USER}:{_USER}@127.0.0.1:{self.port}/{vhost.replace('/', '%2F')}"

    def create_vhost(self, name: str) -> str:
        """Create an empty vhost and return its address."""
        self.manage("PUT", f"/api/vhosts/{name}")
        return self.url_of(name)

    def delete_vhost(self, name: str) -> None:
        """Remove a vhost with all its queues; its connections are closed."""
        self.manage("DELETE", f"/api/vhosts/{name}")

    def manage(self, method: str, path: str, body: object = None) -> object:
        """Ask the management interface; *path* is quoted by the caller. Returns its JSON."""
        token = base64.b64encode(f"{_USER}:{_USER}".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self._http_port, timeout=30)
        try:
            connection.request(
                method,
                path,
                body=None if body is None else json.dumps(body),
                headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
            )
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise OSError(f"{method} {path}: {response.status} {text.decode(errors='replace')}")
        return json.loads(text) if text else None

    def _command(self) -> Sequence[str | Path]:
        return [self._server]

    def _environment(self) -> Mapping[str, str]:
        return {
            "PATH": os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self.directory),  # the cookie
            "RABBITMQ_NODENAME": f"shouxian{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(self._distribution_port),
            "ERL_EPMD_PORT": str(self._names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(self.directory / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.directory / "none.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.directory / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.directory / "data"),
            "RABBITMQ_LOG_BASE": str(self.directory / "log"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.directory / "generated"),
            "RABBITMQ_PID_FILE": str(self.directory / "server.pid"),
            "RABBITMQ_ALLOW_INPUT": "1",  # the script becomes the server instead of watching it
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _QUIET_SCHEDULERS,
        }

    def _answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            self.manage("GET", "/api/vhosts")
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(connection.recv(1))
        return False

    def _prepare(self) -> None:
        """Start the name server of Erlang ourselves: RabbitMQ would leave one behind."""
        if self._names is not None and self._names.poll() is None:
            return
        epmd = find_program("epmd", "/usr/lib/erlang/erts-*/bin")
        self._names = subprocess.Popen(
            [str(epmd), "-port", str(self._names_port), "-address", "127.0.0.1"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.directory,
            start_new_session=True,
            **unprivileged(),
        )

    def _companions(self) -> Sequence[int]:
        return () if self._names is None else (self._names.pid,)

    def kill(self) -> None:
        """End it as a power cut would (``kill -9``).

        Queues that were declared within the last half second may lose what was
        confirmed: RabbitMQ 3 writes its list of quorum queues that late.
        """
        super().kill()

    def close(self) -> None:
        """End the broker and its name server for good."""
        super().close()
        if self._names is not None:
            self._names.kill()
            self._names.wait()
            self._names = None

    def _tls_config(self, tls: Authority) -> str:
        made = tls.issue("localhost", self.directory)
        hand_over(made.key)
        authority = self.directory / tls.path.name
        authority.write_bytes(tls.path.read_bytes())
        return _TLS_CONFIG.format(
            port=self.tls_port, authority=authority, certificate=made.path, key=made.key
        )

    def _write(self, name: str, text: str) -> None:
        path = self.directory / name
        path.write_text(text)
        hand_over(path)
