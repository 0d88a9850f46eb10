"""Makes this process cooperative. A worker's first import: nothing may be imported before it.

nameko stands on eventlet, which must replace the standard library's blocking
calls before anybody has taken hold of them. psycopg waits in C unless told to
wait by a selector, and would stop every other greenlet while a query runs.
"""

import os
import warnings

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
warnings.filterwarnings("ignore", message=r"(?s)\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()
