"""Which reports the office has in hand: handed in and not sent back, whether it has decided or not."""

from collections.abc import Collection, Iterable

from services.evaluation.domain.fact import Fact

HANDED_IN, SENT_BACK = "evaluation.value_reported", "evaluation.value_returned"
CHECKED = "evaluation.value_checked"
_FOR_GOOD = 1 << 30
"""A value that a check has withdrawn cannot be handed in again."""

Report = tuple[str, str, str]
"""Indicator, reporter, period."""


class HandedIn:
    """What was handed in and sent back so far; who waits for the office owes nothing."""

    def __init__(self) -> None:
        self._handed: dict[Report, int] = {}
        self._back: dict[Report, int] = {}

    def copied(self) -> "HandedIn":
        """Return the same, to which more can be added without changing this."""
        other = HandedIn()
        other._handed, other._back = dict(self._handed), dict(self._back)
        return other

    def add(self, facts: Iterable[Fact]) -> set[str]:
        """Take facts in, in any order, and return the indicators they are about."""
        touched = set()
        for fact in facts:
            data = fact.data
            if fact.name == CHECKED and data["result"] != "withdrawn":
                continue
            report = (data["indicator"], data["reporter"], data["period"])
            number = _FOR_GOOD if fact.name == CHECKED else data["number"]
            book = self._handed if fact.name == HANDED_IN else self._back
            book[report] = max(book.get(report, 0), number)
            touched.add(data["indicator"])
        return touched

    def in_hand(self, indicator: str, reporter: str, periods: Collection[str], *, every: bool) -> bool:
        """Say whether nothing is owed of *periods*: of *every* one, else of the last or a later one."""
        mine = {
            period
            for (of, by, period), number in self._handed.items()
            if of == indicator and by == reporter and number > self._back.get((of, by, period), 0)
        }
        return mine.issuperset(periods) if every else max(mine, default="") >= max(periods, default="")
