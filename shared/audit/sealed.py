"""A deed that is committed with the command it tells of, as a unit of work takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from shared.audit.chain import append
from shared.audit.deed import Deed
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock, system_clock

_MOST_EVENTS = 20


@dataclass(slots=True)
class Sealed:
    """Enters *deed* whenever a transaction of its command commits: ``service.uow(Sealed(deed))``.

    A command of several transactions leaves an entry for each, told apart by ``part``.
    *told* gives the events the transaction publishes; the entry names them, and is about the
    subject of the first when the deed itself names nothing, as when something is new.
    """

    deed: Deed
    clock: Clock = system_clock
    told: Callable[[], Sequence[Envelope]] | None = None
    times: int = field(default=0, init=False)
    """How many entries it has made; they are gone again if the transaction was not committed."""

    def claim(self, connection: Connection) -> None:
        """Append the entry; called by the unit of work as the last thing before its commit."""
        self.times += 1
        events = self.told() if self.told is not None else ()
        details = {**self.deed.details}
        if events:
            details |= {"events": [one.id for one in events[:_MOST_EVENTS]], "event_count": len(events)}
        if self.times > 1:
            details["part"] = self.times
        deed = replace(self.deed, details=details)
        if events and not deed.object_id:
            deed = replace(deed, object_kind="subject", object_id=events[0].subject)
        append(connection, deed, at=self.clock())
