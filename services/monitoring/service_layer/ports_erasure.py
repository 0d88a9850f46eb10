"""What the commands on erasures need of the outside."""

from typing import Protocol

from services.monitoring.domain.erasure import Erasure, ErasureSubject


class Erasures(Protocol):
    """Requests for erasures, and the person they are about."""

    def add(self, one: Erasure) -> None:
        """Keep a new request; raises ErasureAskedAlreadyError when one of the person waits."""
        ...

    def save(self, one: Erasure) -> None: ...

    def get(self, erasure_id: str) -> Erasure:
        """Return the request; raises ErasureNotFoundError."""
        ...

    def subject(self, person_id: str) -> ErasureSubject:
        """Return who is to be erased; raises NobodyToEraseError."""
        ...

    def carry_out(self, one: Erasure) -> int:
        """Erase the person everywhere in this database; return how many rows were changed."""
        ...


class ErasingUnitOfWork(Protocol):
    """The part of the unit of work that erasures need."""

    @property
    def erasures(self) -> Erasures: ...
