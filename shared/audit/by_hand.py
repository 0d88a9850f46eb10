"""Deeds at the machine's own command line, where nobody is signed in."""

import os

from sqlalchemy import Engine

from shared.audit.chain import Head, append
from shared.audit.deed import By, Deed, Trace, Who

BY_HAND = Trace("command line")


def whoever_runs_it() -> Who:
    """Return the machine's user by number: its name may be a person's."""
    return Who(f"uid:{os.getuid()}", "command_line")


def by_hand() -> By:
    """Return who acts at the command line."""
    return By(whoever_runs_it(), BY_HAND)


def deed_by_hand(action: str, *, about: tuple[str, str] = ("", ""), **details: str | int) -> Deed:
    """Return what is done at the command line; *about* is a kind and an id, *details* codes and counts."""
    kind, name = about
    return Deed(action, whoever_runs_it(), BY_HAND, object_kind=kind, object_id=name, details=details)


def enter_by_hand(
    engine: Engine, action: str, *, about: tuple[str, str] = ("", ""), **details: str | int
) -> Head:
    """Enter a deed of the command line in a transaction of its own, after what it did was committed."""
    with engine.execution_options(writing=True).begin() as connection:
        return append(connection, deed_by_hand(action, about=about, **details))
