"""Asks the process beside it whether it is of use: the image's health check; it imports nothing of ours."""

import http.client
import os
import sys

SITE_PORT = 8000
_PATIENCE_SECONDS = 4.0


def port_here() -> int:
    """Return where this container answers: METRICS_PORT for a worker, 8000 for a site."""
    return int(os.environ.get("METRICS_PORT") or SITE_PORT)


def is_ready(port: int) -> bool:
    """Say whether ``/readyz`` on *port* of this machine answers that every part works."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready(port_here()) else 1)
