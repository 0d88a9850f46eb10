"""What a page or an action is given, and what it gives back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, cast

import sqlalchemy as sa
from fastapi import Request

from shared.audit import Sealed
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import Language
from shared.messaging.idempotency import IdempotentRequest
from shared.persistence.unit_of_work import InTransaction, SqlUnitOfWork
from shared.web.access import ensure_area
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge, Listing, Paging
from shared.web.together import WithIt


class WebService(Protocol):
    """What the frame needs of a service that ``bootstrap()`` built."""

    @property
    def engine(self) -> sa.Engine: ...
    @property
    def clock(self) -> Clock: ...
    def uow(self, with_it: InTransaction | None = None) -> object:
        """Return a new unit of work that claims *with_it* in its transaction: the request's key and entry."""


S = TypeVar("S", bound=WebService)
U = TypeVar("U")


@dataclass(frozen=True)
class Ask(Generic[S]):
    """A request for a page: the service, who asks, and which part of a list."""

    service: S
    officer: Officer
    request: Request
    paging: Paging
    today: date

    @property
    def language(self) -> Language:
        return self.officer.language

    def ensure_area(self, area_code: str | None) -> None:
        """Raise unless *area_code* is in the officer's area; None: the thing is not there."""
        ensure_area(self.officer, area_code)


@dataclass(frozen=True)
class Act(Ask[S], Generic[S, U]):
    """A request to do something. Do it through :meth:`uow`, in one transaction."""

    once: IdempotentRequest | None = None
    sealed: Sealed | None = None

    def uow(self) -> U:
        """Return a unit of work that commits this request's key and audit entry with the command.

        It works on the officer's behalf.
        """
        made = self.service.uow(WithIt(self.once, self.sealed))
        if isinstance(made, SqlUnitOfWork):
            made.by = self.officer.login
            if self.sealed is not None:
                self.sealed.told = lambda: made.telling
        return cast("U", made)


@dataclass(frozen=True, slots=True)
class Done:
    """What an action answers: where to go on, a message, and what a program gets.

    *location* is a path of this site. *created* answers programs with 201.
    """

    location: str
    zh: str = "已办理"
    en: str = "Done"
    body: Mapping[str, Any] = field(default_factory=dict)
    created: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way back to the start; the last has no path."""

    words: Words
    path: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. *link* is a full address (another site's page too)."""

    at: date | datetime
    words: Words
    detail: Words | None = None
    by: Words | None = None
    link: str | None = None
    badge: Badge | None = None
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: *data* fills the template and is, encoded, the JSON answer.

    Values are frozen dataclasses, never rows. A *listing* is shown by
    ``ui.listing(listing)``, answered as JSON, and exported with ``?format=csv``.
    """

    title: Words
    data: Mapping[str, Any] = field(default_factory=dict)
    listing: Listing[Any] | None = None
    crumbs: tuple[Crumb, ...] = ()


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file somebody fetches: its *pieces* are sent as they are made, so its size does not matter.

    What refuses must do so before this is returned; an error among the pieces breaks the file off.
    """

    name: str
    media_type: str
    pieces: Iterable[bytes]


AreaOf = Callable[[Any, Mapping[str, Any]], str | None]
"""Gives the area of what is asked for, from the Ask and the path and form values; None: not there."""


def own_area(ask: Ask[Any], _given: Mapping[str, Any]) -> str:
    """Be the ``area_of`` of a list that filters by ``ask.officer.area_code`` itself."""
    return ask.officer.area_code


def ask_values(service: WebService, officer: Officer, request: Request) -> dict[str, Any]:
    """Return what an Ask is made of."""
    return {
        "service": service,
        "officer": officer,
        "request": request,
        "paging": Paging.of(request.query_params),
        "today": day_of(service.clock()),
    }
