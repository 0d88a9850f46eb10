"""Runs a measurement by its name: ``python -m bench [MEASUREMENT] [its arguments]``."""

import runpy
import sys

MEASUREMENTS = (
    "messaging",
    "workers",
    "year",
    "connected_year",
    "score",
    "packs",
    "score_latency",
    "scale",
    "comparison",
    "quality",
    "exchange",
)

if __name__ == "__main__":
    name = sys.argv[1] if sys.argv[1:2] and sys.argv[1] in MEASUREMENTS else "messaging"
    sys.argv = [f"bench {name}", *[argument for argument in sys.argv[1:] if argument != name]]
    runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
