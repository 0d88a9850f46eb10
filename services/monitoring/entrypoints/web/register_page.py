"""The parts of a register's page as its template takes them: tabs, figures, filters, acts, marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.parameters.figure import FigureInForce
from shared.web.i18n import Words

NOTHING = Words("没有记录。", "There are none.")


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page of this site, shown to those with its *permission* when it has one."""

    words: Words
    path: str
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure; *path* leads to what it counts."""

    label: Words
    value: str
    path: str = ""
    note: Words = field(default=Words("", ""))


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the search form; without *choices* a text."""

    name: str
    words: Words
    choices: Sequence[tuple[str, Words]]
    given: str


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form of an action, with the path and first values it is given."""

    name: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to know of an entry; *source* when it rests on an unconfirmed rule."""

    words: Words
    source: str = ""


def limit_mark(zh: str, en: str, figure: FigureInForce[Any]) -> Mark:
    """Return the mark of a limit, with its paper while that is unconfirmed."""
    return Mark(Words(zh, en), "" if figure.confirmed else figure.source)


def list_data(
    *,
    tabs: Sequence[Link] = (),
    figures: Sequence[Figure] = (),
    filters: Sequence[Filter] = (),
    acts: Sequence[ActForm] = (),
    note: Words | None = None,
    source: str = "",
    empty: Words = NOTHING,
) -> dict[str, Any]:
    """Return the data of ``register_list.html``."""
    return {
        "tabs": tabs,
        "figures": figures,
        "filters": filters,
        "acts": acts,
        "note": note,
        "source": source,
        "empty": empty,
    }


def entry_data(
    facts: Sequence[tuple[Words, object]],
    *,
    acts: Sequence[ActForm] = (),
    marks: Sequence[Mark] = (),
    links: Sequence[Link] = (),
    entries: Sequence[Any] = (),
) -> dict[str, Any]:
    """Return the data of ``register_entry.html``."""
    return {"facts": facts, "acts": acts, "marks": marks, "links": links, "entries": entries}
