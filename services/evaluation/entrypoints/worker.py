"""The background work of evaluation: take events in, relay its own."""

from services.evaluation.bootstrap import bootstrap
from shared.broker.bootstrapped import Bootstrapped
from shared.broker.worker import ServiceWorker


class EvaluationWorker(ServiceWorker):
    """Run by ``nameko run`` or the embedded county."""

    name = "evaluation"
    service = Bootstrapped(bootstrap)
