"""How totals developed over the months of a year; a year once counted is kept until the next day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from threading import Lock

from services.evaluation.service_layer.score import Scores


@dataclass(frozen=True, slots=True)
class Month:
    """Totals and ranks of all units at the end of a month, by unit; no total where nothing applied."""

    day: date
    totals: dict[str, Decimal | None]
    ranks: dict[str, int | None]


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of each month from that of *first* on; of the last month *last* itself."""
    ends: list[date] = []
    begun = first.replace(day=1)
    while begun <= last:
        after = (begun + timedelta(days=31)).replace(day=1)
        ends.append(min(after - timedelta(days=1), last))
        begun = after
    return ends


class Trend:
    """The months of a year as known at the end of a day gone by, which no later event can change.

    The last year asked for is kept.
    """

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self._kept: tuple[tuple[date, date], tuple[Month, ...]] | None = None
        self._lock = Lock()

    def until(self, last: date, known_at: date) -> tuple[Month, ...]:
        """Return the months of the year of *last* up to it, as known at the end of *known_at*, a day gone by.

        The first to ask waits for as long as scoring the county takes.
        """
        with self._lock:
            if self._kept is None or self._kept[0] != (last, known_at):
                first = max(last.replace(month=1, day=1), self._scores.rulebook.since)
                boards = self._scores.series(month_ends(first, last), known_at)
                months = tuple(
                    Month(
                        board.as_of,
                        {score.unit.id: score.total for score in board.units()},
                        {score.unit.id: score.rank for score in board.units()},
                    )
                    for board in boards
                )
                self._kept = ((last, known_at), months)
            return self._kept[1]
