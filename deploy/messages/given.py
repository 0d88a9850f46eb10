"""What every command on messages is given: which services, where, who does it, and how to answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from sqlalchemy.exc import OperationalError

from shared.audit import Deed, Sealed
from shared.audit.by_hand import deed_by_hand
from shared.kernel.clock import COUNTY_ZONE, at_hour, end_of
from shared.kernel.errors import InvalidInputError
from shared.messaging.set_aside import Search, State
from shared.observability.personal_data import masked
from shared.persistence.engine import WRITING
from shared.persistence.running import Service

STILL_AT_FAULT, UNREACHABLE = 3, 4
"""Exit codes; 0 is done, 2 a refusal, as of every command."""


class ServiceNeededError(InvalidInputError):
    """Raised when something is to be done and nobody said on which service."""

    code = "service_needed"
    zh = "请用 --service 指明一个服务：monitoring、employment、finance 或 evaluation"
    en = "Name one service with --service: monitoring, employment, finance or evaluation"


class ReasonNeededError(InvalidInputError):
    """Raised when a reason is missing or names somebody."""

    code = "reason_needed"
    zh = "请用 --reason 写明原因，不要写电话或身份证号"
    en = "Say why with --reason, without a telephone or ID number"


class ChoiceNeededError(InvalidInputError):
    """Raised when nothing was chosen: doing it to everything must be said."""

    code = "choice_needed"
    zh = "请给出事件编号或查询条件，全部处理请写 --all"
    en = "Give event ids or a search; for all that waits say --all"


class NoSuchStateError(InvalidInputError):
    """Raised for a state that there is not."""

    code = "no_such_state"
    zh = "没有这个状态：{state}；可用 waiting、resolved、all"
    en = "There is no state {state}; there are waiting, resolved, all"


@dataclass(frozen=True, slots=True)
class Given:
    """The options before the command."""

    services: tuple[str, ...]
    data_dir: Path | None
    as_json: bool
    by: str

    def opened(self, only: Iterable[str] = ()) -> tuple[Service, ...]:
        """Return *only* those services, else those chosen, else all four; nothing is asked of them yet."""
        from deploy.messages.opened import opened

        return opened(self.data_dir, tuple(only) or self.services)

    def one(self) -> Service:
        """Return the one service chosen; raises ServiceNeededError."""
        if len(self.services) != 1:
            raise ServiceNeededError
        return self.opened()[0]

    def say(self, document: Any, lines: Iterable[str]) -> None:  # noqa: ANN401  (what orjson writes)
        """Print *document* as JSON when that was asked for, else *lines*."""
        if self.as_json:
            option = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
            typer.echo(orjson.dumps(document, option=option, default=_plain).decode())
            return
        for line in lines:
            typer.echo(line)

    def deed(self, action: str, object_id: str = "", **details: str | int) -> Deed:
        """Return the deed of a command, for the audit trail, done by whoever is at the machine."""
        kind = "event" if object_id else ""
        return deed_by_hand(action, about=(kind, object_id), by=self.by, **details)

    def enter(self, service: Service, deed: Deed) -> None:
        """Enter a deed that was done in transactions of its own."""
        with service.engine.execution_options(**WRITING).begin() as connection:
            Sealed(deed).claim(connection)


Options = Callable[[typer.Context], Given]


def given(context: typer.Context) -> Given:
    """Return the options before the command."""
    found = context.obj
    assert isinstance(found, Given)  # noqa: S101  (the group's callback puts it there)
    return found


def reason_of(text: str) -> str:
    """Return *text* if it says why and names nobody; raises ReasonNeededError."""
    if not text.strip() or masked(text) != text:
        raise ReasonNeededError
    return text.strip()


def search_of(  # noqa: PLR0913  (one for each field of a search)
    *,
    state: str = "waiting",
    kind: str = "",
    code: str = "",
    type_: str = "",
    reader: str = "",
    subject: str = "",
    text: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Search:
    """Return the search that a command's options ask for; days are the county's."""
    states: dict[str, State] = {"waiting": "waiting", "resolved": "resolved", "all": "all"}
    if state not in states:
        raise NoSuchStateError(state=state[:20])
    return Search(
        state=states[state],
        kind=kind,
        code=code,
        type=type_,
        reader=reader,
        subject=subject,
        text=text,
        since=at_hour(since.date(), 0) if since else None,
        until=end_of(until.date()) if until else None,
    )


def shown(instant: datetime | None) -> str:
    """Return an instant as people of the county read it."""
    return "—" if instant is None else instant.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M:%S")


def unreachable(service: Service, error: OperationalError) -> str:
    """Return what is told of a database that cannot be asked; never its address."""
    return f"{service.name:<12}数据库连不上 database not reachable ({type(error.orig).__name__})"


def _plain(value: object) -> object:
    """Return *value* as orjson takes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)


Kind = Annotated[str, typer.Option(help="refused, invalid, defect or garbage")]
Code = Annotated[str, typer.Option(help="the code of the refusal")]
Type = Annotated[str, typer.Option("--type", help="an event type")]
Subject = Annotated[str, typer.Option(help="what the event is about, e.g. a household's id")]
Text = Annotated[str, typer.Option(help="a part of the reason")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="set aside on this day or later")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="set aside on this day or before")]
Reason = Annotated[str, typer.Option(help="why; kept as it is typed")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[EVENT_ID]…")]
OneId = Annotated[str, typer.Argument(metavar="EVENT_ID")]
