"""The repositories of the monitoring service on one transaction."""

from shared.persistence.unit_of_work import SqlUnitOfWork


class MonitoringUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.monitoring.service_layer.ports.UnitOfWork`."""

    def open_repositories(self) -> None:
        """Build the repositories on this transaction's connection."""
