"""The processes that answer people never load a broker library."""

import subprocess
import sys

import pytest

from tests.architecture.tree import SERVICES

_LOADED = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted({"kombu", "pika", "nameko", "eventlet", "amqp", "shared.broker"} & set(sys.modules)))
"""


@pytest.mark.parametrize("service", SERVICES)
def test_the_site_of_a_service_loads_no_broker(service: str) -> None:
    """After importing the site, none of the broker's libraries is in memory."""
    module = f"services.{service}.entrypoints.web.app"
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, module], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
