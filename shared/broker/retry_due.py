"""The events of one service that failed before and are due for another try."""

from shared.messaging.delayed import any_due
from shared.messaging.due import take_due
from shared.messaging.intake import Taken
from shared.messaging.pause import pause_of
from shared.persistence.engine import reading
from shared.persistence.running import Service


def is_due(service: Service) -> bool:
    """Whether something of *service* is due and its reader not paused; cheap enough to ask all the time."""
    with reading(service.engine) as connection:
        return any_due(connection, service.clock()) and pause_of(connection, service.reader.name) is None


def retry_due(service: Service) -> Taken:
    """Take in a batch of what is due, by the service's own clock; several workers may do it at once."""
    uow = service.uow()
    taken = take_due(uow, service.reader, service.settings.retries, at=service.clock())
    taken.told = uow.told
    return taken


def retry_all_due(service: Service) -> int:
    """Take in everything that is due now; return how many events that were."""
    tried = 0
    while is_due(service):
        taken = retry_due(service)
        tried += taken.admitted + taken.repeated + len(taken.set_aside) + len(taken.delayed)
    return tried
