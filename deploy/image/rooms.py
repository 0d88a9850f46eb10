"""Commands in a root of their own: a mount namespace, binds, a chroot. Linux, and root, are needed."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.image.refusals import NotRootError, ProgramMissingError

_DEVICES = ("null", "zero", "full", "random", "urandom")
_PACKAGES = {"unshare": "util-linux", "debootstrap": "debootstrap", "ip": "iproute2", "nginx": "nginx"}


@dataclass(frozen=True, slots=True)
class Bind:
    """A file or folder of the machine shown inside, at *inside* (an absolute path)."""

    source: Path
    inside: str
    writable: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """How a process lives: its root, what is bound into it, its user, its environment."""

    root: Path
    binds: Sequence[Bind] = ()
    tmpfs: Sequence[str] = ("/tmp",)  # noqa: S108  (a place inside)
    read_only: bool = True
    user: int | None = None
    workdir: str = "/"
    environment: Mapping[str, str] = field(default_factory=dict)
    network: str | None = None


def ensure_root() -> None:
    """Raise NotRootError, or ProgramMissingError, before anything is touched."""
    if os.geteuid() != 0:
        raise NotRootError
    program("unshare")


def program(name: str) -> str:
    """Return where the machine has *name*; raises ProgramMissingError with the package that brings it."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise ProgramMissingError(program=name, package=_PACKAGES.get(name, name))
    return found


def command_in(room: Room, command: Sequence[str]) -> list[str]:
    """Return the command line that becomes *command* in *room*: every step replaces the one before.

    The root is covered by a layer in memory that takes the places to mount on,
    then made read-only; so the files below ``room.root`` never change.
    """
    inside = [
        "set -eu",
        'room=$(mktemp -d) && mount -t tmpfs -o mode=755 room "$room" && cd "$room"',
        "mkdir upper work root",
        f"mount -t overlay -o lowerdir={_quoted(room.root)},upperdir=upper,workdir=work room root",
        "cd root",
        *_mounts(room),
    ]
    if room.read_only:
        inside.append("mount -o remount,bind,ro . 2>/dev/null || mount -o remount,ro .")
    inside.append(f"exec {shlex.join(_entering(room, command))}")
    network = [program("ip"), "netns", "exec", room.network] if room.network else []
    return [*network, *_apart(), "\n".join(inside)]


def _mounts(room: Room) -> Iterator[str]:
    yield "mkdir -p proc dev tmp && mount -t proc proc proc && mount -t tmpfs -o mode=755 dev dev"
    for device in _DEVICES:
        yield f": >dev/{device} && mount --bind /dev/{device} dev/{device}"
    yield "mkdir dev/shm && mount -t tmpfs -o mode=1777 shm dev/shm"
    yield "ln -s /proc/self/fd dev/fd && ln -s /proc/self/fd/1 dev/stdout && ln -s /proc/self/fd/2 dev/stderr"
    for place in room.tmpfs:
        inside = f".{_quoted(place)}"
        yield f"mkdir -p {inside} && mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs {inside}"
    for bind in room.binds:
        source, inside = _quoted(bind.source), f".{_quoted(bind.inside)}"
        made = (
            f"mkdir -p {inside}" if bind.source.is_dir() else f"mkdir -p $(dirname {inside}) && : >{inside}"
        )
        yield f"{made} && mount --bind {source} {inside}"
        if not bind.writable:
            yield f"mount -o remount,bind,ro {inside}"


def _entering(room: Room, command: Sequence[str]) -> list[str]:
    environment = [f"{name}={value}" for name, value in room.environment.items()]
    user = (
        [] if room.user is None else ["--reuid", str(room.user), "--regid", str(room.user), "--clear-groups"]
    )
    rights = ["--no-new-privs", *([] if room.user is None else ["--inh-caps=-all", "--bounding-set=-all"])]
    changed = ["/usr/bin/env", "--chdir", room.workdir, "--ignore-environment", *environment, *command]
    return ["/usr/sbin/chroot", ".", "/usr/bin/setpriv", *user, *rights, *changed]


@contextmanager
def writable(root: Path, binds: Sequence[Bind]) -> Iterator[list[str]]:
    """Give the words before a command that make it run in *root* itself, changes kept; for building."""
    made = [path for bind in binds for path in _place(root, bind)]
    places = [*binds, *(Bind(Path("/dev", one), f"/dev/{one}") for one in _DEVICES)]
    mounts = [f"mount --bind {_quoted(one.source)} {_quoted(str(root) + one.inside)}" for one in places]
    proc, enter = _quoted(root / "proc"), f'exec /usr/sbin/chroot {_quoted(root)} "$@"'
    script = "\n".join(["set -eu", f"mount -t proc proc {proc}", *mounts, enter])
    try:
        yield [*_apart(), script, "build"]
    finally:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()


def _place(root: Path, bind: Bind) -> list[Path]:
    """Make what *bind* is mounted on; return what was not there before."""
    target = root / bind.inside.lstrip("/")
    missing = [path for path in reversed([target, *target.parents]) if not path.exists() and path != root]
    if bind.source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    return missing


def run(command: Sequence[str], **options: object) -> int:
    """Run *command* to its end with a clear view of its output; return its exit status."""
    return subprocess.run(command, check=False, **options).returncode  # type: ignore[call-overload]


def _apart() -> list[str]:
    """Return the words after which a script stands that mounts for itself alone."""
    return [program("unshare"), "--mount", "--propagation", "private", "/bin/sh", "-c"]


def _quoted(text: str | Path) -> str:
    return shlex.quote(str(text))
