"""The pages every kind of matter has: a list of what is open, one matter, and settling it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field, create_model
from sqlalchemy import Connection, Table

from services.monitoring.adapters.read_models_governance import (
    MatterRow,
    area_of_matter,
    find_matters,
    matters_at,
)
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork
from services.monitoring.domain.matter_errors import MatterNotFoundError
from services.monitoring.domain.timer import timer_state
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import choices_of, due_badge, words_of
from services.monitoring.entrypoints.web.people import called, rows_for
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.matter import CloseMatter
from shared.areas import areas
from shared.web.asking import AreaOf, Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

F = TypeVar("F", bound=Callable[..., Any])
_MOST_TASKS = 500
_NONE = Words("没有记录。", "There are none.")


@dataclass(frozen=True, slots=True)
class MatterKind:
    """How one kind of matter is shown: where, to whom, in which words.

    *kind_list* and *way_list* are code lists; *numbers* are its own columns, with their headings;
    *workers* are the roles (and, of the departments, the unit) for whom it waits.
    """

    name: str
    path: str
    table: Table
    words: Words
    task: Words
    close_words: Words
    way_list: str
    close: Callable[[CloseMatter, MonitoringUnitOfWork], None]
    reading: str
    closing: str
    workers: tuple[str, ...]
    units: tuple[str, ...] = ()
    kind_list: str = ""
    numbers: Mapping[str, Words] | None = None
    empty: Words = _NONE

    def area_of(self) -> AreaOf:
        """Return what finds the village of the matter an address names."""

        def area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
            with read(ask) as connection:
                return area_of_matter(connection, self.table, given["matter_id"])

        return area


def close_form(kind: MatterKind) -> type[Form]:
    """Return the form that settles a matter of *kind*."""
    ways = choices_of(kind.way_list)
    way = Annotated[
        str, Field(max_length=16), Label("办结方式", "How it ended", choices=ways, widget="radio")
    ]
    on = Annotated[date | None, Label("办结日期", "Day", hint_zh="不填即为今天", hint_en="today when empty")]
    fields: dict[str, Any] = {
        "version": (Version, ...),
        "way": (way, ways[0].value),
        "on": (on, None),
        "note": (Note, ""),
    }
    return create_model(f"Close{kind.name.title().replace('_', '')}", __base__=Form, **fields)


def declare(section: Section, kind: MatterKind) -> None:
    """Declare the list, the page and the action of one kind of matter."""
    _declare_list(section, kind)
    _declare_page(section, kind)
    _declare_closing(section, kind)


def _named_after(kind: MatterKind) -> Callable[[F], F]:
    """Name a handler after its kind: operations in the OpenAPI document are told apart by it."""

    def named(handler: F) -> F:
        handler.__name__ = handler.__name__.replace("matter", kind.name)
        return handler

    return named


def _declare_list(section: Section, kind: MatterKind) -> None:
    @section.page(kind.path, kind.reading, "monitoring/matters.html", area_of=own_area)
    @_named_after(kind)
    def list_matters(ask: MonitoringAsk, state: str = "open") -> View:
        with read(ask) as connection:
            rows, total = find_matters(
                connection,
                kind.table,
                area_code=ask.officer.area_code,
                only_open=state != "all",
                limit=ask.paging.size,
                offset=ask.paging.offset,
            )
        listing = Listing(columns(ask, kind), rows_for(ask.officer, rows), total, ask.paging)
        data = {"state": state, "kind_name": kind.name, "empty": kind.empty}
        return View(kind.words, data, listing)


def _declare_page(section: Section, kind: MatterKind) -> None:
    @section.page(
        f"{kind.path}/{{matter_id}}", kind.reading, "monitoring/matter.html", area_of=kind.area_of()
    )
    @_named_after(kind)
    def show_matter(ask: MonitoringAsk, matter_id: str) -> View:
        with read(ask) as connection:
            found = matters_at(connection, kind.table, id=matter_id)
        if not found:
            raise MatterNotFoundError
        row = found[0]
        crumbs = (Crumb(kind.words, kind.path), Crumb(what_of(kind, row)))
        return View(what_of(kind, row), _shown(ask, kind, row), crumbs=crumbs)


def _declare_closing(section: Section, kind: MatterKind) -> None:
    @section.action(
        f"{kind.path}/{{matter_id}}/close",
        f"{kind.name}.close",
        kind.close_words,
        close_form(kind),
        permission=kind.closing,
        area_of=kind.area_of(),
    )
    @_named_after(kind)
    def close_matter(act: MonitoringAct, form: Any, matter_id: str) -> Done:  # noqa: ANN401  (made above)
        command = CloseMatter(
            matter_id=matter_id,
            way=form.way,
            on=form.on or act.today,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        )
        kind.close(command, act.uow())
        return Done(f"{kind.path}/{matter_id}", "已办结", "Settled", {"id": matter_id})


def what_of(kind: MatterKind, row: MatterRow) -> Words:
    """Return what a matter is called: its kind, or the name of all of them."""
    return words_of(kind.kind_list, row.more["kind"]) if kind.kind_list else kind.words


def state_of(ask: MonitoringAsk, kind: MatterKind, row: MatterRow) -> Badge:
    """Return how near its day is, or how it ended."""
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    if row.closed_on is None:
        return due_badge(row.due_on, ask.today, near)
    late = timer_state(row.due_on, ask.today, done_on=row.closed_on, near_days=near) == "late"
    words = words_of(kind.way_list, row.way)
    return (
        Badge("yellow", Words(f"{words.zh}（逾期）", f"{words.en} (late)")) if late else Badge("green", words)
    )


def columns(ask: MonitoringAsk, kind: MatterKind) -> tuple[Column[MatterRow], ...]:
    """Return the columns of a list of matters."""
    of_household = "household_id" in kind.table.c
    numbers = [
        Column[MatterRow](words.zh, words.en, lambda row, name=name: row.more[name], "number")  # type: ignore[misc]
        for name, words in (kind.numbers or {}).items()
    ]
    return (
        Column[MatterRow](
            "事项", "Matter", lambda row: what_of(kind, row), link=lambda row: f"{kind.path}/{row.id}"
        ),
        *(_household_columns() if of_household else ()),
        Column[MatterRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        *numbers,
        Column[MatterRow]("发现日期", "Found", lambda row: row.opened_on),
        Column[MatterRow]("办结期限", "Due", lambda row: row.due_on),
        Column[MatterRow]("办结日期", "Settled", lambda row: row.closed_on),
        Column[MatterRow]("状态", "State", lambda row: state_of(ask, kind, row)),
    )


def _household_columns() -> Sequence[Column[MatterRow]]:
    return (
        Column[MatterRow](
            "户主", "Head", lambda row: row.head_name, link=lambda row: f"/households/{row.household_id}"
        ),
        Column[MatterRow]("户编号", "Household no.", lambda row: row.household_no),
    )


def _shown(ask: MonitoringAsk, kind: MatterKind, row: MatterRow) -> dict[str, Any]:
    row = rows_for(ask.officer, [row])[0]
    numbers = [(words, row.more[name]) for name, words in (kind.numbers or {}).items()]
    return {
        "matter": row,
        "kind_name": kind.name,
        "what": what_of(kind, row),
        "state": state_of(ask, kind, row),
        "village": areas().full_name(row.area_code),
        "household": called(ask.officer, row.household_no, row.head_name) if row.household_id else None,
        "numbers": numbers,
        "way": words_of(kind.way_list, row.way),
    }


def tasks_of(kind: MatterKind, ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the open matters of *kind* that wait for this officer."""
    role = ask.officer.role
    if role not in kind.workers or (role == "department" and ask.officer.unit not in kind.units):
        return
    area = ask.officer.area_code
    rows, _total = find_matters(
        connection, kind.table, area_code=area, only_open=True, limit=_MOST_TASKS, offset=0
    )
    for row in rows:
        what = what_of(kind, row) if kind.kind_list else Words("", "")
        words = Words(
            f"{kind.task.zh}：{what.zh}" if what.zh else kind.task.zh,
            f"{kind.task.en}: {what.en}" if what.en else kind.task.en,
        )
        yield Task(words, f"{kind.path}/{row.id}", row.household_no, row.head_name, row.area_code, row.due_on)
