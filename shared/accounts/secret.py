"""The secret that signs sessions: from the settings, or made once for a data directory."""

import os
import secrets
from pathlib import Path


def session_secret(path: Path) -> str:
    """Return the secret kept in *path*; makes it, readable by its owner alone, when there is none.

    Two processes that start at once end up with the same one. An empty file, as a
    process that died while writing leaves it, is made anew.
    """
    if path.exists() and not path.read_text(encoding="ascii").strip():
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(fresh, path)  # unlike replace, refuses when the other process was first
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii")
