"""A disk of a few megabytes that can be filled: real, and therefore only for root."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Self

from tests.support.server import hand_over

_PIECE = b"\0" * 65536


def can_mount(place: Path) -> bool:
    """Say whether a small disk can be made here: root, and a system that lets it mount."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    try:
        with SmallDisk(place, megabytes=1):
            return True
    except (OSError, subprocess.SubprocessError):
        return False


class SmallDisk:
    """A file system of its own below *place*, which belongs to the servers' user."""

    def __init__(self, place: Path, *, megabytes: int) -> None:
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(place)]
        subprocess.run(command, check=True, capture_output=True)
        # However we die, it goes.
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", 'cat >/dev/null; umount -l "$0"', str(place)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        hand_over(place)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fill(self) -> None:
        """Use every byte that is left."""
        try:
            with (self.place / "filler").open("ab", buffering=0) as filler:
                while True:
                    filler.write(_PIECE)
        except OSError:
            return

    def free(self) -> None:
        """Give the space back."""
        (self.place / "filler").unlink(missing_ok=True)

    def close(self) -> None:
        """Unmount it, with whatever is on it."""
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        self._guard.wait(30)
