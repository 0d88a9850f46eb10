"""Runs workers of the chain as a process: ``python -m tests.support.chain_worker second last``."""

import shared.broker.patched  # noqa: F401, I001  (first of all)

import os
import sys

from shared.broker.worker import run_worker, worker_of
from tests.support.chain import open_chain_service


def main(names: list[str]) -> int:
    """Run the workers *names*, with the addresses that the environment gives."""
    broker = os.environ["CHAIN_BROKER_URL"]
    databases = {name: os.environ[f"CHAIN_{name.upper()}_DATABASE_URL"] for name in names}
    size = int(os.environ.get("CHAIN_BATCH_SIZE", "200"))
    workers = [
        worker_of(open_chain_service(name, database, broker, batch_size=size))
        for name, database in databases.items()
    ]
    return run_worker(*workers, audience=os.environ.get("CHAIN_AUDIENCE", "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
