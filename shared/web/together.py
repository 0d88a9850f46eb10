"""What is committed together with an action's command."""

from dataclasses import dataclass

import sqlalchemy as sa

from shared.audit import Sealed
from shared.messaging.idempotency import IdempotentRequest


@dataclass(frozen=True, slots=True)
class WithIt:
    """What is committed with a command: the key of its request, if it has one, and then its entry.

    The entry comes last: it locks the head of the chain until the commit.
    """

    once: IdempotentRequest | None
    sealed: Sealed | None

    def claim(self, connection: sa.Connection) -> None:
        """Write both; a request that was carried out before leaves no second entry."""
        if self.once is not None:
            self.once.claim(connection)
        if self.sealed is not None:
            self.sealed.claim(connection)
