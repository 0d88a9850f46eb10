"""What the pages of every kind of process share: a list that filters and exports, one process, its steps."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field
from sqlalchemy import Table

from services.finance.adapters.read_models import Part
from services.finance.adapters.read_models_process import (
    area_of_process,
    count_by_state,
    find_processes,
    process_by_id,
)
from services.finance.domain.process import Process
from services.finance.entrypoints.web.dependencies import (
    FinanceAct,
    FinanceAsk,
    OnDay,
    part_of,
    read,
    towns,
)
from services.finance.entrypoints.web.labels import area_words
from shared.areas import COUNTY, areas
from shared.kernel.errors import NotFoundError
from shared.web.asking import AreaOf, Ask, Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Version, wrong
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

F = TypeVar("F", bound=Callable[..., Any])
Fact = tuple[Words, object]
_MOST_CHOICES = 300
_SOON = 7
_MOST = 10**13

AmountFen = Annotated[int, Field(gt=0, le=_MOST)]
"""Money a form asks for, in fen; up to a hundred thousand million yuan."""


class StepForm(Form):
    """A step: nothing but its day."""

    version: Version
    on: OnDay = None


class MoneyForm(StepForm):
    """A step that moves money."""

    amount_fen: Annotated[AmountFen, Label("金额（元）", "Amount (yuan)", widget="yuan")]


@dataclass(frozen=True, slots=True)
class StepAction:
    """A step as a form: who may take it, and what *do* does with the form and the process's id."""

    step: str
    permission: str
    do: Callable[[FinanceAct, Any, str], object]
    form: type[Form] = StepForm
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of process is shown. *opening* is the action that puts one on record, if people may.

    *facts* are its own particulars, *more* further lists under its page, *links* where to go from it.
    """

    name: str
    path: str
    table: Table
    process: type[Process]
    words: Words
    reading: str
    columns: Sequence[Column[Any]]
    title: Callable[[Any], Words]
    facts: Callable[[FinanceAsk, Any], Sequence[Fact]]
    steps: Sequence[StepAction] = ()
    opening: str = ""
    missing: type[NotFoundError] = NotFoundError
    known: Callable[[FinanceAsk, Any], Mapping[str, Mapping[str, Any]]] | None = None
    more: Callable[[FinanceAsk, Any], Sequence[tuple[Words, Listing[Any]]]] | None = None
    links: Callable[[Any], Sequence[tuple[str, Words]]] | None = None
    actions: Callable[[Any], Sequence[tuple[str, Mapping[str, Any]]]] | None = None
    """Further actions its page offers, with what their forms know."""

    def area_of(self) -> AreaOf:
        """Return what finds the place of the process an address names."""

        def find(ask: FinanceAsk, given: Mapping[str, Any]) -> str | None:
            with read(ask) as connection:
                return area_of_process(connection, self.table, given["process_id"])

        return find


def given_area(_ask: Ask[Any], given: Mapping[str, Any]) -> str:
    """Be the ``area_of`` of an action whose form names the place."""
    return str(given["area_code"])


def places(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the villages, towns and, for those of the county, the county itself."""
    inside = [*areas().inside(ask.officer.area_code)]
    if ask.officer.area_code == COUNTY:
        inside = [areas().county, *(one for one in inside if one.code != COUNTY)]
    return [Choice(one.code, areas().full_name(one.code), areas().full_name(one.code)) for one in inside]


def choices(words: Mapping[str, tuple[str, str]]) -> tuple[Choice, ...]:
    """Return a code list of the domain as choices."""
    return tuple(Choice(code, zh, en) for code, (zh, en) in words.items())


def one_of(words: Collection[str]) -> AfterValidator:
    """Return the check that a form's value, or each of its values, is one of the code list's."""

    def check(value: Any) -> Any:  # noqa: ANN401  (a text, or several)
        if not set((value,) if isinstance(value, str) else value) <= set(words):
            raise wrong("没有这个选项", "is not one of the choices")
        return value

    return AfterValidator(check)


def said(words: Mapping[str, tuple[str, str]], code: str) -> Words:
    """Return what people call *code*; one no longer in the list is shown as it is."""
    return Words(*words.get(code, (code, code)))


def unit_words(unit: str) -> Words:
    """Return a unit's name: a department is called what it is, a town is known by its code."""
    return area_words(unit) if unit.isdigit() else Words(unit, unit)


DEPARTMENTS = ("县财政局", "县乡村振兴局", "县发改局", "县农业农村局", "县人社局", "县水利局", "县交通运输局")


def units(ask: Ask[Any]) -> Sequence[Choice]:
    """Return who may be responsible: for a town itself, for the county every town and the departments."""
    mine = [town for town in areas().towns() if ask.officer.may_see(town.code)]
    named = [Choice(town.code, town.name, town.name) for town in mine]
    if ask.officer.area_code != COUNTY:
        return named
    return [*(Choice(unit, unit, unit) for unit in DEPARTMENTS), *named]


Year = Annotated[
    int | None,
    Field(ge=2021, le=2100),
    Label("年度", "Year", hint_zh="不填即今年", hint_en="this year when empty"),
]
Place = Annotated[str, Field(pattern=r"^[0-9]{6,12}$"), Label("地点", "Place", choices=places)]
Unit = Annotated[
    str,
    one_of((*DEPARTMENTS, *(town.code for town in areas().towns()))),
    Label("责任单位", "Unit in charge", choices=units),
]


def chosen(kind: type[Process], table: Table, label: Callable[[Any], str], states: Sequence[str]) -> Any:  # noqa: ANN401
    """Return a finder of choices: the processes of the officer's area in *states*."""

    def find(ask: FinanceAsk) -> list[Choice]:
        with read(ask) as connection:
            found, _total = find_processes(
                connection,
                table,
                kind,
                area_code=ask.officer.area_code,
                states=states,
                part=Part(_MOST_CHOICES),
            )
        return [Choice(one.id, label(one), label(one)) for one in found]

    return find


def state_badge(process: Process, today: date) -> Badge:
    """Return where it stands, coloured by how near its day is."""
    words = Words(*process.STATES[process.state])
    due: date | None = getattr(process, "due_on", None)
    if not process.is_open:
        return Badge("green", words)
    if due is None:
        return Badge("blue", words)
    left = (due - today).days
    if left < 0:
        return Badge("red", Words(f"{words.zh} · 已超期", f"{words.en} · overdue"))
    return Badge("yellow" if left <= _SOON else "blue", words)


def declare(section: Section, kind: Kind) -> None:
    """Declare the list, the page and the steps of one kind."""
    _declare_list(section, kind)
    _declare_page(section, kind)
    for step in kind.steps:
        _declare_step(section, kind, step)


def _named_after(name: str) -> Callable[[F], F]:
    """Name a handler after its kind: operations in the OpenAPI document are told apart by it."""

    def named(handler: F) -> F:
        handler.__name__ = handler.__name__.replace("process", name)
        return handler

    return named


def _declare_list(section: Section, kind: Kind) -> None:
    @section.page(kind.path, kind.reading, "finance/processes.html", area_of=own_area)
    @_named_after(kind.name)
    def list_process(ask: FinanceAsk, town: str = "", state: str = "") -> View:
        opened = [one for one in kind.process.STATES if one not in kind.process.CLOSED]
        states = () if state == "all" or not opened else (state,) if state in kind.process.STATES else opened
        with read(ask) as connection:
            rows, total = find_processes(
                connection,
                kind.table,
                kind.process,
                area_code=ask.officer.area_code,
                town=town,
                states=states,
                part=part_of(ask),
            )
            counts = count_by_state(connection, kind.table, ask.officer.area_code)
        data = {
            "towns": towns(ask),
            "given": {"town": town, "state": state},
            "states": [(value, Words(*words)) for value, words in kind.process.STATES.items()],
            "counts": [(Words(*words), counts.get(value, 0)) for value, words in kind.process.STATES.items()],
            "opening": kind.opening,
        }
        return View(kind.words, data, Listing(columns_of(ask, kind), rows, total, ask.paging))


def columns_of(ask: FinanceAsk, kind: Kind) -> tuple[Column[Any], ...]:
    """Return the columns of a list: what it is, its own, where, by when, where it stands."""
    due = (Column[Any]("期限", "Due", lambda one: one.due_on),) if "due_on" in kind.table.c else ()
    return (
        Column[Any](kind.words.zh, kind.words.en, kind.title, link=lambda one: f"{kind.path}/{one.id}"),
        *kind.columns,
        Column[Any]("地点", "Place", lambda one: area_words(one.area_code)),
        *due,
        Column[Any]("最近办理", "Last step", lambda one: one.last_step_on),
        Column[Any]("状态", "State", lambda one: state_badge(one, ask.today)),
    )


def _declare_page(section: Section, kind: Kind) -> None:
    @section.page(f"{kind.path}/{{process_id}}", kind.reading, "finance/process.html", area_of=kind.area_of())
    @_named_after(kind.name)
    def show_process(ask: FinanceAsk, process_id: str) -> View:
        with read(ask) as connection:
            one: Any = process_by_id(connection, kind.table, kind.process, process_id)
        if one is None:
            raise kind.missing
        title = kind.title(one)
        crumbs = (Crumb(kind.words, kind.path), Crumb(title))
        return View(title, _shown(ask, kind, one), crumbs=crumbs)


def _shown(ask: FinanceAsk, kind: Kind, one: Any) -> dict[str, Any]:  # noqa: ANN401  (a process of that kind)
    known = kind.known(ask, one) if kind.known else {}
    path = {"process_id": one.id, "version": one.version}
    return {
        "process": one,
        "badge": state_badge(one, ask.today),
        "facts": [(Words("地点", "Place"), area_words(one.area_code)), *kind.facts(ask, one)],
        "links": list(kind.links(one)) if kind.links else [],
        "forms": [
            (f"{kind.name}.{step.step}", step.permission, {**path, **known.get(step.step, {})})
            for step in kind.steps
            if one.permits(step.step)
        ],
        "further": list(kind.actions(one)) if kind.actions else [],
        "more": list(kind.more(ask, one)) if kind.more else [],
        "history": history_of(one),
    }


def history_of(one: Process) -> list[TimelineEntry]:
    """Return the steps taken, the latest first."""
    entries = []
    for step, on, by in reversed(one.history):
        rule = one.STEPS.get(step)
        words = Words(rule.zh, rule.en) if rule else Words("登记", "Recorded")
        whom = Words(by, by) if by else None
        entries.append(TimelineEntry(date.fromisoformat(on), words, by=whom))
    return entries


def _declare_step(section: Section, kind: Kind, step: StepAction) -> None:
    rule = kind.process.STEPS[step.step]

    @section.action(
        f"{kind.path}/{{process_id}}/{step.step.replace('_', '-')}",
        f"{kind.name}.{step.step}",
        Words(rule.zh, rule.en),
        step.form,
        permission=step.permission,
        area_of=kind.area_of(),
        danger=step.danger,
    )
    @_named_after(f"{kind.name}_{step.step}")
    def take_process(act: FinanceAct, form: Any, process_id: str) -> Done:  # noqa: ANN401  (the step's own)
        step.do(act, form, process_id)
        done = Words(f"已{rule.zh}", f"Done: {rule.en}")
        return Done(f"{kind.path}/{process_id}", done.zh, done.en, {"id": process_id})


def taken(act: FinanceAct, form: Any, process_id: str) -> dict[str, Any]:  # noqa: ANN401  (a StepForm)
    """Return what every command about a process is told: which, on which day, by whom, as seen."""
    return {
        "id": process_id,
        "on": form.on or act.today,
        "by": act.officer.login,
        "version": form.version,
    }
