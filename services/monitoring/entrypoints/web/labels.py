"""Codes as people read them, and as choices of a form."""

from collections.abc import Iterable
from datetime import date

from services.monitoring.domain.timer import TimerState, timer_state
from shared.contracts.codes import codes
from shared.web.forms import Choice
from shared.web.i18n import Words
from shared.web.paging import Badge

NOBODY = Words("—", "—")
_COLOURS = {
    TimerState.RED: ("red", Words("已逾期", "overdue")),
    TimerState.YELLOW: ("yellow", Words("即将到期", "due soon")),
    TimerState.BLUE: ("blue", Words("办理中", "open")),
}


def words_of(key: str, value: str | None) -> Words:
    """Return what people call *value* of the list *key*; a dash for nothing."""
    if not value:
        return NOBODY
    lists = codes()
    return Words(lists.text(key, value), lists.text(key, value, "en"))


def several(key: str, values: Iterable[str]) -> Words:
    """Return several values of one list in one line."""
    named = [words_of(key, value) for value in values]
    if not named:
        return NOBODY
    return Words("、".join(one.zh for one in named), ", ".join(one.en for one in named))


def choices_of(key: str) -> tuple[Choice, ...]:
    """Return the list *key* as choices, in its official order."""
    return tuple(Choice(code.value, code.zh, code.en) for code in codes()[key])


def due_badge(due_on: date, today: date, near_days: int) -> Badge:
    """Return how near a day is: blue, yellow in its last days, red after it."""
    state = timer_state(due_on, today, done_on=None, near_days=near_days)
    colour, words = _COLOURS[state]
    if colour == "red":
        return Badge("red", words)
    return Badge("yellow", words) if colour == "yellow" else Badge("blue", words)


def clue_badge(*, is_open: bool, outcome: str | None) -> Badge:
    """Return where a clue stands."""
    if is_open:
        return Badge("yellow", Words("待核实", "to be checked"))
    return Badge("red" if outcome == "risk" else "green", words_of("clue_outcome", outcome))
