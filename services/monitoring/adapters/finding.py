"""Where the county's own findings are kept: sample checks and relapses, only ever added to."""

from dataclasses import fields

from sqlalchemy import Connection

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import relapses, sample_checks
from services.monitoring.domain.finding import Relapse, SampleCheck
from shared.persistence.versioned import add_version


class SampleChecks:
    """The sample checks, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, check: SampleCheck) -> None:
        add_version(self._connection, sample_checks, _row(check))
        self._collect(check)


class Relapses:
    """The relapses, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, relapse: Relapse) -> None:
        add_version(self._connection, relapses, _row(relapse))
        self._collect(relapse)


def _row(finding: SampleCheck | Relapse) -> dict[str, object]:
    names = (one.name for one in fields(finding) if one.name not in ("version", "facts"))
    return {name: getattr(finding, name) for name in names}
