"""The members of the household an address names, as choices of a form; and whose names are shown to whom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from services.monitoring.adapters.read_models import household_of
from services.monitoring.entrypoints.web.dependencies import read
from services.monitoring.entrypoints.web.labels import words_of
from shared.web.asking import Ask
from shared.web.forms import Choice
from shared.web.i18n import Words
from shared.web.officer import Officer


class Headed(Protocol):
    """A row of a list that names the head of a household."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def head_name(self) -> str: ...


HeadedRow = TypeVar("HeadedRow", bound=Headed)


def persons(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the members of the household the address names, to choose from.

    Read once a request: a page may have a dozen forms that offer them.
    """
    state = ask.request.state
    if not hasattr(state, "persons"):
        state.persons = _present(ask)
    found: Sequence[Choice] = state.persons
    return found


def _present(ask: Ask[Any]) -> Sequence[Choice]:
    with read(ask) as connection:
        household = household_of(connection, ask.request.path_params["household_id"])
    return [
        Choice(
            one.id,
            f"{one.name}（{words_of('relation', one.relation).zh}）",
            f"{one.name} ({words_of('relation', one.relation).en})",
        )
        for one in household.present
    ]


def others(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the members besides the one the address names."""
    return [one for one in persons(ask) if one.value != ask.request.path_params.get("person_id")]


def sees_names(officer: Officer) -> bool:
    """Say whether *officer* may see names: who only assesses needs none."""
    return officer.role != "evaluator"


def name_for(officer: Officer, name: str) -> str:
    """Return *name* as *officer* may see it."""
    return name if sees_names(officer) or not name else f"{name[:1]}某"


def rows_for(officer: Officer, rows: Sequence[HeadedRow]) -> Sequence[HeadedRow]:
    """Return *rows* as *officer* may see them; masked here, as a program gets whole rows."""
    if sees_names(officer):
        return rows
    return [replace(row, head_name=name_for(officer, row.head_name)) for row in rows]


class Noted(Protocol):
    """Something on which somebody wrote a note."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    note: str


NotedRow = TypeVar("NotedRow", bound=Noted)


def notes_for(officer: Officer, rows: Sequence[NotedRow]) -> Sequence[NotedRow]:
    """Return *rows* without what somebody wrote, for who sees no names: a note may hold one."""
    if sees_names(officer):
        return rows
    return [replace(row, note="") for row in rows]


def called(officer: Officer, household_no: str, head_name: str) -> Words:
    """Return what a household is called on pages."""
    name = name_for(officer, head_name)
    if not name:
        return Words(f"户编号 {household_no}", f"Household {household_no}")
    return Words(f"{name}户（{household_no}）", f"Household {household_no}, {name}")
