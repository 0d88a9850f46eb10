"""What is in an image: size, files, set-uid files, build tools, and a digest that two builds share."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TOOLS = frozenset(
    {"as", "c++", "c89", "c99", "cc", "clang", "clang++", "cmake", "cpp", "g++", "gcc", "go", "ld", "make"}
    | {"dpkg-buildpackage", "meson", "ninja", "pip", "pip3", "rustc", "tcc"}
)
"""Programs that turn source into programs, or fetch more of them."""

UNSTABLE = (
    "var/lib/dpkg/status",
    "var/lib/dpkg/available",
    "var/lib/dpkg/info",
    "var/lib/dpkg/triggers",
    "var/lib/apt/extended_states",
    "etc/ld.so.cache",
)
"""Not in the digest: the package manager's notes, which name the time or the order of installing."""


@dataclass(slots=True)
class Contents:
    """What was found below one root."""

    files: int = 0
    size: int = 0
    privileged: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    digest: str = ""


def look(root: Path) -> Contents:
    """Return what is below *root*; times do not count."""
    found, digest = Contents(), hashlib.sha256()
    for path, info in _entries(root):
        name = path.relative_to(root).as_posix()
        _note(found, name, info)
        if name.startswith(UNSTABLE):
            continue
        digest.update(
            f"{name}\0{info.st_mode:o}\0{info.st_uid}\0{info.st_gid}\0{_body(path, info)}\n".encode()
        )
    found.digest = digest.hexdigest()
    return found


def _note(found: Contents, name: str, info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode) and not stat.S_ISLNK(info.st_mode):
        return
    found.files += 1
    found.size += info.st_size
    if stat.S_ISREG(info.st_mode) and info.st_mode & (stat.S_ISUID | stat.S_ISGID):
        found.privileged.append(name)
    folder, _, last = name.rpartition("/")
    if folder.endswith("bin") and last.rpartition("-")[2] in TOOLS:
        found.tools.append(name)
    if name.startswith("app/") and info.st_uid != 0:
        found.foreign.append(name)


def _body(path: Path, info: os.stat_result) -> str:
    if stat.S_ISLNK(info.st_mode):
        return str(path.readlink())
    if stat.S_ISREG(info.st_mode):
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def _entries(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            yield path, path.lstat()
