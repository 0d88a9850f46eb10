"""The stylesheet's place, and a version that changes when it does, so that browsers may keep it."""

import hashlib
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def stylesheet_version() -> str:
    return hashlib.sha256((STATIC / "shouxian.css").read_bytes()).hexdigest()[:12]
