"""What evaluation's use cases need from outside, as protocols."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from services.evaluation.domain.assessment import Assessment
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.notice import Notice
from services.evaluation.service_layer.household_card import HouseholdCard
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


class Assessments(Protocol):
    """Frozen assessments."""

    def get(self, assessment_id: str) -> Assessment: ...
    def last_published_of(self, year: int) -> Assessment | None: ...
    def add(self, assessment: Assessment) -> None: ...
    def save(self, assessment: Assessment) -> None: ...


class Notices(Protocol):
    """Notices of criticism."""

    def add(self, notice: Notice) -> None: ...


class UnitOfWork(Protocol):
    """One transaction over all of them."""

    inbox: Inbox

    @property
    def journal(self) -> Journal: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
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
