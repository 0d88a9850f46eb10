"""Workers run on greenlets: nothing they wait for may stop the others."""

import subprocess
import sys

import pytest

from tests.support.chain_county import ROOT

pytestmark = pytest.mark.connected

_PROGRAM = """
import shared.broker.patched
import sys
import time
import eventlet
from sqlalchemy import text
from shared.persistence.engine import open_engine

ticks = []
def tick():
    while True:
        ticks.append(1)
        time.sleep(0.01)
ticker = eventlet.spawn(tick)
engine = open_engine(sys.argv[1])
with engine.connect() as connection:
    ticks.clear()
    connection.execute(text("SELECT pg_sleep(1)"))
    print(len(ticks))
"""


def test_a_query_lets_others_run(database: str) -> None:
    """While one greenlet waits for the database the others go on."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert int(done.stdout) > 50
