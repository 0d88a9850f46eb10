"""The process of a nursery: forks workers of the chain.

What is forked has no greenlet, connection or thread yet.
"""

import shared.broker.patched  # noqa: F401, I001  (first of all)

import json
import os
import random
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from shared.observability.logs import configure
from tests.support.chain_worker import main as run_chain_workers


def _serve(orders: TextIO, answers: TextIO, log: Path) -> None:
    children: set[int] = set()
    try:
        for line in orders:
            answers.write(_obey(json.loads(line), children, log) + "\n")
            answers.flush()
    finally:  # the tests may have died between an order and its answer
        for child in children:
            os.kill(child, signal.SIGKILL)


def _obey(order: Sequence[Any], children: set[int], log: Path) -> str:
    what, *rest = order
    if what == "start":
        child = _fork(rest[0], rest[1], log)
        children.add(child)
        return str(child)
    # The answer to a child that ended is given once; nobody asks again.
    pid, status = os.waitpid(rest[0], os.WNOHANG)
    children.discard(pid)
    return str(os.waitstatus_to_exitcode(status)) if pid else ""


def _fork(names: Sequence[str], environment: Mapping[str, str], log: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        nothing, written = (
            os.open(os.devnull, os.O_RDWR),
            os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY),
        )
        for number, replaced in ((0, nothing), (1, written), (2, written)):
            os.dup2(replaced, number)
        os.environ.update(environment)
        random.seed()  # pauses of chance must differ between the forked
        configure("_".join(names))
        status = run_chain_workers(list(names))
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout, Path(sys.argv[1]))
