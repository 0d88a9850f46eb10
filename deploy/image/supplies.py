"""How this machine reaches packages, lent to a build: bound in while a step runs, never kept in the image."""

import re
import subprocess
from pathlib import Path

from deploy.image.rooms import Bind, program

_APT = ("sources.list", "sources.list.d", "auth.conf.d", "trusted.gpg.d")
_PIP = Path("/etc/pip.conf")
_LOCAL = re.compile(r"(?:file://|=\s*)(/[^\s]+)")


class Supplies:
    """The settings of apt and pip of the machine that builds. *scratch* is a folder of ours."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch

    def for_apt(self) -> list[Bind]:
        """Return what lets apt inside reach what apt outside reaches."""
        self._scratch.mkdir(parents=True, exist_ok=True)
        dumped = subprocess.run(
            [program("apt-config"), "dump", "Acquire"], check=True, capture_output=True, text=True
        )
        settings, empty = self._scratch / "apt.conf", self._scratch / "empty"
        settings.write_text(dumped.stdout)
        empty.touch()
        here = [Path("/etc/apt", name) for name in _APT]
        binds = [Bind(path, str(path)) for path in here if path.exists()]
        if not here[0].exists():
            binds.append(Bind(empty, str(here[0])))
        return [
            *binds,
            Bind(settings, "/etc/apt/apt.conf"),
            Bind(Path("/etc/resolv.conf"), "/etc/resolv.conf"),
        ]

    def secret(self, name: str, target: str) -> list[Bind]:
        """Return the secret *name* at *target*, if this machine has it, with the local folders it names."""
        if name != "pipconf" or not _PIP.exists():
            return []
        named = {Path(one) for one in _LOCAL.findall(_PIP.read_text(encoding="utf-8"))}
        return [Bind(_PIP, target), *(Bind(one, str(one)) for one in sorted(named) if one.exists())]

    def mirror(self) -> list[str]:
        """Return the Debian mirror this machine uses, as debootstrap's argument; empty: its own default."""
        for path in (Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))):
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            found = re.search(
                r"^URIs:\s*(\S+/debian/?)\s*$|^deb\s+(?:\[.*?\]\s+)?(\S+/debian/?)\s", text, re.MULTILINE
            )
            if found:
                return [found[1] or found[2]]
        return []
