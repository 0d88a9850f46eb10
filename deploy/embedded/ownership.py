"""One county, one owner: nobody makes or serves it twice at once, and nothing of it outlives its owner."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.kernel.errors import ConflictError

_LOCK = "owner.lock"
_OWNER = "COUNTY_OWNER"
_LOOK_EVERY = 0.5


class CountyInUseError(ConflictError):
    """Raised when another process makes or serves the county of the directory."""

    code = "county_in_use"
    zh = "目录 {data_dir} 中的县正由另一个进程使用，请先停止它，或换一个 DATA_DIR"
    en = "The county in {data_dir} is in use by another process; stop that first, or choose another DATA_DIR"


@contextmanager
def owning(data_dir: Path) -> Iterator[None]:
    """Own *data_dir*, which is made if need be, until the block or the process ends, however it ends."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CountyInUseError(data_dir=str(data_dir)) from None
        yield


def owned_environment() -> dict[str, str]:
    """Return the environment for a process that is to end with this one."""
    return {**os.environ, _OWNER: str(os.getpid())}


def end_with_owner() -> None:
    """Let this process end when its owner is gone: killed, it can't stop us itself.

    At once, as if killed with it: that loses nothing, and the next start finds port
    and databases free. Without an owner in the environment, whoever started us is it.
    """
    owner = int(os.environ.get(_OWNER) or os.getppid())

    def watch() -> None:
        while os.getppid() == owner:
            time.sleep(_LOOK_EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
