"""The background work of finance: take events in, relay its own, do what falls due by the clock."""

from services.finance.bootstrap import bootstrap
from shared.broker.bootstrapped import Bootstrapped
from shared.broker.worker import ServiceWorker


class FinanceWorker(ServiceWorker):
    """Run by ``nameko run`` or the embedded county."""

    name = "finance"
    service = Bootstrapped(bootstrap)
