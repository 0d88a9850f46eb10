"""Ctrl-C while a county is made: the process ends at once, whatever it was doing."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATUS = 130
_SAID = "\n已停止，没有留下任何内容。 Stopped; nothing was kept.\n"
_SHOW_CURSOR = "\x1b[?25h"


@contextmanager
def ending_at_once(unfinished: Path) -> Iterator[None]:
    """Let SIGINT remove *unfinished* and end this process with status 130; for the main thread alone.

    Not by KeyboardInterrupt: raised inside a callback of the garbage collector it is swallowed, and the
    making would go on. Nothing is lost by ending hard, because what is being made counts only when whole.
    """

    def end(_number: int, _frame: object) -> None:
        shutil.rmtree(unfinished, ignore_errors=True)
        # The progress bar hides the cursor and would show it again only on its orderly end.
        terminal = sys.stdout.isatty()
        os.write(2, (_SAID + (_SHOW_CURSOR if terminal else "")).encode())
        os._exit(STATUS)

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
