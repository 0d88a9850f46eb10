"""The background work of employment: take events in, relay its own, do what falls due by the clock."""

from services.employment.bootstrap import bootstrap
from shared.broker.bootstrapped import Bootstrapped
from shared.broker.worker import ServiceWorker


class EmploymentWorker(ServiceWorker):
    """Run by ``nameko run`` or the embedded county."""

    name = "employment"
    service = Bootstrapped(bootstrap)
