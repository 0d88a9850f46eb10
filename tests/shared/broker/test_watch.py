from pathlib import Path

import httpx

from shared.broker.watch import Watch, serve_watches
from tests.support.chain import open_chain_service
from tests.support.server import free_port


def test_a_worker_without_its_broker_is_ready(tmp_path: Path) -> None:
    """The broker away is told and no reason to take a worker out of service: it waits, and loses nothing."""
    service = open_chain_service("last", f"sqlite:///{tmp_path}/last.db", "memory://")
    service.upgrade_database()
    watch = Watch(service)
    end = serve_watches([watch], port := free_port())
    try:
        ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
        assert (200, {"last.database": True, "last.broker": False}) == (ready.status_code, ready.json())
    finally:
        end()
