"""The two processes of the embedded county: ``python -m deploy.embedded.processes web|workers …``.

The workers' process must become cooperative before anything else is imported,
the web process must never load the broker: so nothing is imported above the choice.
"""

import sys
from pathlib import Path


def serve_web(data_dir: Path, port: int) -> int:
    """Serve the sites on *port* of every address until SIGTERM."""
    import uvicorn

    from deploy.embedded.county import open_county
    from deploy.embedded.ownership import end_with_owner
    from deploy.embedded.web import create_county_app
    from shared.web.entrance import behind_proxies

    end_with_owner()
    _log_to(data_dir / "web.log", "web")
    county = open_county(data_dir)
    uvicorn.run(
        create_county_app(county),
        host="0.0.0.0",  # noqa: S104  (a county's server is for the county's network)
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=8,
        **behind_proxies(county.employment.settings),
    )
    county.close()
    return 0


def run_workers(data_dir: Path) -> int:
    """Carry events between the services and do what falls due, until SIGTERM."""
    import shared.broker.patched  # noqa: F401, I001  (first: replaces blocking calls)

    from deploy.embedded.county import open_county
    from deploy.embedded.ownership import end_with_owner
    from deploy.embedded.settle import offer_again
    from deploy.embedded.settling import settling_worker
    from shared.broker.worker import run_worker, worker_of

    end_with_owner()
    _log_to(data_dir / "workers.log", "workers")
    county = open_county(data_dir)
    offer_again(county.services)
    workers = [*(worker_of(service) for service in county.services), settling_worker(county.services)]
    return run_worker(*workers, audience=[service.name for service in county.services])


def _log_to(path: Path, process: str) -> None:
    """Keep the log beside the data: the terminal is for the person who started the county."""
    from shared.observability import tracing
    from shared.observability.logs import configure

    configure(process, stream=path.open("a", encoding="utf-8", buffering=1))
    tracing.configure(process)


def main() -> int:
    """Be the process named on the command line."""
    role, data_dir = sys.argv[1], Path(sys.argv[2])
    return serve_web(data_dir, int(sys.argv[3])) if role == "web" else run_workers(data_dir)


if __name__ == "__main__":
    sys.exit(main())
