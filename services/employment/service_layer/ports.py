"""What the employment service needs of its surroundings, as protocols."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import TracebackType
from typing import Protocol, Self

from services.employment.domain.job import Job
from services.employment.domain.labourer import HouseholdSnapshot, Labourer
from services.employment.domain.measure import Measure, Request, Withdrawal
from services.employment.domain.placement import Placement
from services.employment.domain.post import Post
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids


class Labourers(Protocol):
    """Members of households, as monitoring told of them."""

    def record(self, snapshots: Sequence[HouseholdSnapshot]) -> None:
        """Keep *snapshots*; of one household the highest version stays."""

    def get(self, person_id: str) -> Labourer:
        """Return the person and hold them until the transaction ends; raises LabourerNotFoundError.

        Held, because two jobs of one person recorded at once would each not see the other.
        """

    def hold(self, person_id: str) -> None:
        """Hold the person as ``get`` does, also one who is in no household any more."""


class Jobs(Protocol):
    def add(self, job: Job) -> None: ...
    def get(self, job_id: str) -> Job: ...
    def save(self, job: Job) -> None: ...
    def of_person(self, person_id: str) -> list[Job]: ...


class Posts(Protocol):
    def add(self, post: Post) -> None: ...
    def get(self, post_id: str) -> Post:
        """Return the post and hold it until the transaction ends: its vacancies are counted under it."""

    def save(self, post: Post) -> None: ...


class Placements(Protocol):
    def add(self, placement: Placement) -> None: ...
    def get(self, placement_id: str) -> Placement: ...
    def save(self, placement: Placement) -> None: ...
    def of_person(self, person_id: str) -> list[Placement]: ...
    def open_on(self, post_id: str) -> int:
        """Return how many people hold the post now."""

    def expired(self, today: date) -> list[Placement]:
        """Return open placements whose last day lies before *today*."""


class Measures(Protocol):
    def request(self, requests: Sequence[Request]) -> None:
        """Keep *requests*; one known already stays as it is."""

    def withdraw(self, withdrawals: Sequence[Withdrawal]) -> None:
        """Keep *withdrawals*, also of measures not known yet."""

    def get(self, measure_id: str) -> Measure: ...
    def save(self, measure: Measure) -> None: ...


class UnitOfWork(Protocol):
    """One transaction over everything of this service."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def labourers(self) -> Labourers: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def placements(self) -> Placements: ...
    @property
    def measures(self) -> Measures: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]: ...
    def commit(self) -> None: ...
