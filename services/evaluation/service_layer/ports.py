"""What evaluation's use cases need from outside, as protocols."""

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from services.evaluation.domain.fact import Fact
from services.evaluation.domain.notice import Notice
from services.evaluation.service_layer.household_card import HouseholdCard
from services.evaluation.service_layer.ports_assessment import Appeals, Assessments, Marks
from services.evaluation.service_layer.ports_dispatch import Dispatch
from services.evaluation.service_layer.ports_field_work import FieldWork
from services.evaluation.service_layer.ports_ledger import LedgerRepositories
from services.evaluation.service_layer.ports_reporting import Reporting
from services.evaluation.service_layer.ports_supervision import SupervisionRepositories
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.messaging.inbox import Inbox


class Journal(Protocol):
    """Every event, for ever."""

    def append(self, events: Sequence[Envelope], *, at: datetime) -> list[Envelope]:
        """Add *events*, learned *at*; return those that were not there yet."""
        ...

    def every(self) -> Iterator[Envelope]:
        """Yield every event, by id."""
        ...

    def find(self, event_id: str) -> Envelope | None:
        """Return one event, None when it is not there."""
        ...


class Cards(Protocol):
    """One card per household."""

    def for_change(self, household_ids: Iterable[str]) -> dict[str, HouseholdCard]:
        """Return the cards, new ones included, locked against other writers until the transaction ends."""
        ...

    def put(self, cards: Iterable[HouseholdCard]) -> None: ...

    def digest(self) -> str:
        """Return the digest of all cards."""
        ...

    def replace_all(self, cards: Iterable[HouseholdCard]) -> None:
        """Forget every card and keep *cards*; nobody else writes meanwhile."""
        ...

    def lock(self) -> None:
        """Keep every other writer away until the transaction ends."""
        ...


class Notices(Protocol):
    """Notices of criticism."""

    def add(self, notice: Notice) -> None: ...


class UnitOfWork(LedgerRepositories, SupervisionRepositories, Protocol):
    """One transaction over all of them."""

    inbox: Inbox

    @property
    def journal(self) -> Journal: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def appeals(self) -> Appeals: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def reporting(self) -> Reporting: ...
    @property
    def dispatch(self) -> Dispatch: ...
    @property
    def field_work(self) -> FieldWork: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]:
        """Let everything published inside be a consequence of *cause*."""
        ...

    def commit(self) -> None: ...


class Facts(Protocol):
    """The journal as scoring reads it."""

    def size(self) -> int:
        """Return how many events the journal holds; it only grows, so the number names its state."""
        ...

    def recorded(
        self, names: Iterable[str], *, since: datetime | None, known: Container[str]
    ) -> Iterator[tuple[str, datetime, Fact | None]]:
        """Yield id, instant of recording and fact of every event recorded from *since* on and not *known*.

        The fact is None for an event of another name, or of a type that is not published.
        """
        ...
