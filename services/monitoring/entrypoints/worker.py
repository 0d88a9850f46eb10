"""The background work of monitoring: take events in, relay its own, do what falls due."""

from services.monitoring.bootstrap import bootstrap
from shared.broker.bootstrapped import Bootstrapped
from shared.broker.worker import ServiceWorker


class MonitoringWorker(ServiceWorker):
    """Run by ``nameko run`` or the embedded county; what it does is in the class above."""

    name = "monitoring"
    service = Bootstrapped(bootstrap)
