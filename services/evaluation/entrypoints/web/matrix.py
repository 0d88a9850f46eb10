"""A table of badges: rows by columns, each cell a mark that leads somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.web.i18n import Words
from shared.web.paging import Badge


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows; *path* is a page of this site, empty for none."""

    badge: Badge
    path: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """*rows* are the heading of a row and its cells, None where nothing is owed."""

    caption: Words
    columns: Sequence[Words]
    rows: Sequence[tuple[Words, Sequence[Cell | None]]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above a list: its parameter, what it asks, the values there are and the one given."""

    name: str
    words: Words
    choices: Sequence[tuple[str, Words]]
    given: str


def chosen(name: str, zh: str, en: str, words: Mapping[str, tuple[str, str]], given: str) -> Filter:
    """Return a filter over a mapping of codes to what they are called."""
    return Filter(name, Words(zh, en), [(str(code), Words(*one)) for code, one in words.items()], given)


@dataclass(frozen=True, slots=True)
class Act:
    """A form on a page: the action's name and what it is given."""

    name: str
    given: Mapping[str, object]
