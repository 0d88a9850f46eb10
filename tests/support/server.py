"""A server program of our own: started for tests, frozen and killed by them, and never left behind."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self, TypedDict

import psutil

START_SECONDS = 90
STOP_SECONDS = 30


class ServerError(Exception):
    """Raised when a server did not start or answer; says where its log is, or quotes its end."""


def free_port() -> int:
    """Return a port that nobody listens on now. Somebody may take it before you do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server(ABC):
    """One server process with a directory and ports of its own.

    Ports and data stay the same over ``stop``, ``kill`` and ``restart``, so
    clients may reconnect. ``close`` ends it and removes the directory; if the
    process of the tests dies without that, a guard process does the same.
    """

    program: str

    def __init__(self, directory: Path | None = None) -> None:
        # Not below pytest's directories: an unprivileged server must be able to walk there.
        self.directory = directory or Path(tempfile.mkdtemp(prefix=f"shouxian-{self.program}-"))
        self.directory.chmod(0o755)
        self.log = self.directory / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients find it."""

    @abstractmethod
    def _command(self) -> Sequence[str | Path]:
        """Return the program that runs in the foreground."""

    @abstractmethod
    def _environment(self) -> Mapping[str, str]:
        """Return its whole environment."""

    @abstractmethod
    def _answers(self) -> bool:
        """Tell whether clients are served."""

    @abstractmethod
    def _prepare(self) -> None:
        """Do what must be there before every start."""

    def _companions(self) -> Sequence[int]:
        """Return what else must not outlive the tests, each the leader of its own session."""
        return ()

    @property
    def pid(self) -> int:
        """The process to send signals to."""
        if self._process is None:
            raise ServerError(f"{self.program} is not running")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process exists, frozen or not."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start and wait until clients are served; nothing if it runs already."""
        if self.running:
            return
        self._prepare()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(part) for part in self._command()],
                env=dict(self._environment()),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests; they stop it in their order
                **unprivileged(),
            )
        self._guard = self._watch_over(self._process.pid, *self._companions())
        self._wait_until_it_answers()

    def stop(self) -> None:
        """End it the way an operator would; waits. A frozen server is thawed first."""
        if self._process is None:
            return
        self.thaw()
        with suppress(ProcessLookupError):
            self._process.send_signal(self._stop_signal)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def restart(self) -> None:
        """Stop and start with the same ports and data."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """End it and its children at once, as a power cut would (``kill -9``)."""
        if self._process is None:
            return
        self._signal_all(signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._forget()

    def freeze(self) -> None:
        """Stop it from running while its connections stay open."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen server run on; harmless for one that is not frozen."""
        self._signal_all(signal.SIGCONT)

    def close(self) -> None:
        """End it for good; its data are gone."""
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    _stop_signal = signal.SIGTERM

    def _signal_all(self, number: signal.Signals) -> None:
        """Send *number* to the process and everything it started, the process first."""
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self.pid)
            family = [parent, *parent.children(recursive=True)]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)

    def _wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if not self.running:
                break
            if self._answers():
                return
            time.sleep(0.05)
        tail = self.log.read_text(errors="replace")[-3000:]
        self.kill()
        raise ServerError(f"{self.program} did not start; the end of its log:\n{tail}")

    def _watch_over(self, *pids: int) -> subprocess.Popen[bytes]:
        """Start a shell that kills the server when our end of its pipe closes, however we died."""
        script = """cat >/dev/null; for pid; do kill -CONT "$pid"; kill -KILL "-$pid"; done; rm -rf "$0" """
        return subprocess.Popen(
            ["/bin/sh", "-c", script, str(self.directory), *map(str, pids)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _forget(self) -> None:
        self._process = None
        if self._guard is not None:
            self._guard.kill()
            self._guard.wait()
            if self._guard.stdin is not None:
                self._guard.stdin.close()
            self._guard = None


class RunAs(TypedDict, total=False):
    """Arguments of Popen."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged() -> RunAs:
    """Return what Popen needs so that a server does not run as root: PostgreSQL refuses to."""
    user = unprivileged_user()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return the user to run servers as, or None when we are not root anyway."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "rabbitmq", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("there is no unprivileged user to run a server as")


def hand_over(path: Path) -> None:
    """Give *path* to the unprivileged user."""
    user = unprivileged_user()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def find_program(name: str, *places: str) -> Path:
    """Return *name* from the first of *places* (globs of folders, newest first), else of the PATH."""
    for place in places:
        programs = sorted(Path("/").glob(f"{place.removeprefix('/')}/{name}"))
        if programs:
            return programs[-1]
    if (known := shutil.which(name)) is not None:
        return Path(known)
    raise ServerError(f"{name} is not installed: `make install-services` installs it")
