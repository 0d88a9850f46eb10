"""A causation tree as people read it: rows with words, for the page, the picture and the command line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from services.evaluation.adapters.documents.causation_chart import Box, Look
from services.evaluation.adapters.read_models import JournalEntry
from services.evaluation.domain.board_document import exact, rounded
from services.evaluation.domain.causation import CLOSED, Branch, walked
from services.evaluation.domain.decision import Decision
from services.evaluation.domain.scoreboard import ScoreLine
from services.evaluation.entrypoints.web.dependencies import path_to
from services.evaluation.entrypoints.web.labels import STATUS, fact_words, publisher_badge
from shared.kernel.clock import COUNTY_ZONE
from shared.kernel.errors import Language
from shared.web.i18n import Words
from shared.web.paging import Badge

Kind = Literal["command", "event", "closed", "line"]
_MOST_LINES = 12
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_COMMAND = Words("经办登记，或到期事项", "A command, or what fell due")
_NO_CAUSE = Words("起因不在日志中", "Its cause is not in the journal")
_CLOSED = Words("另一事件（您无权查看）", "Another event, not open to you")


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row of the tree. *event* is the first of the *count* it stands for; *path* leads there."""

    level: int
    kind: Kind
    words: Words
    count: int = 1
    event: str = ""
    publisher: Badge | None = None
    told_at: datetime | None = None
    waited: Words | None = None
    points: Words | None = None
    path: str = ""
    marked: bool = False
    deeper: bool = False

    def text(self, language: Language) -> str:
        """Return the row as one line of plain text."""
        words = self.words.pick(language)
        badge = f"[{self.publisher.words.pick(language)}] " if self.publisher else ""
        times = f" × {self.count}" if self.count > 1 else ""
        deeper = Words("（更深层合计）", " (all further down)").pick(language) if self.deeper else ""
        points = f"：{self.points.pick(language)}" if self.points else ""
        return f"{badge}{words}{times}{deeper}{points}"

    def beside(self, language: Language) -> str:
        """Return when it was told, and how long after its cause."""
        told = f"{self.told_at.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M:%S}" if self.told_at else ""
        return f"{told}  {self.waited.pick(language)}" if self.waited else told

    def box(self, language: Language) -> Box:
        """Return the row as a box of the picture."""
        look: Look = "asked" if self.marked else self.kind
        return Box(self.level, look, self.text(language), self.beside(language))


def tree_rows(
    branches: Sequence[Branch],
    entries: Mapping[str, JournalEntry],
    decided: Iterable[Decision],
    line_query: str,
) -> list[TreeRow]:
    """Return the tree from the command to the lines it decided; *line_query* keeps links to the day."""
    by_event: dict[str, list[Decision]] = defaultdict(list)
    for one in decided:
        for event in one.events:
            by_event[event].append(one)
    return list(_rows(branches, entries, by_event, line_query))


def _rows(
    branches: Sequence[Branch],
    entries: Mapping[str, JournalEntry],
    by_event: Mapping[str, Sequence[Decision]],
    line_query: str,
) -> Iterator[TreeRow]:
    for level, branch in walked(branches):
        if level == 0:
            yield _start(branch, entries)
        if branch.kind == CLOSED:
            yield TreeRow(level + 1, "closed", _CLOSED, branch.count, deeper=branch.deeper)
            continue
        yield _event_row(level + 1, branch, entries)
        mine = {id(one): one for event in branch.events for one in by_event.get(event, ())}
        yield from _line_rows(level + 2, list(mine.values()), line_query)


def _start(branch: Branch, entries: Mapping[str, JournalEntry]) -> TreeRow:
    first = entries.get(branch.events[0]) if branch.events else None
    known = first is None or not first.envelope.causationid
    return TreeRow(0, "command", _COMMAND if known else _NO_CAUSE, branch.count)


def _event_row(level: int, branch: Branch, entries: Mapping[str, JournalEntry]) -> TreeRow:
    first = entries[branch.events[0]]
    return TreeRow(
        level,
        "event",
        fact_words(branch.kind),
        branch.count,
        event=first.id,
        publisher=publisher_badge(first),
        told_at=branch.first,
        waited=waited_words(branch.waited),
        path=path_to("events", first.id),
        marked=branch.marked,
        deeper=branch.deeper,
    )


def _line_rows(level: int, decided: Sequence[Decision], line_query: str) -> Iterator[TreeRow]:
    lines: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for one in decided:
        lines[one.line.unit.id, one.line.indicator.id].append(one)
    for of_line in list(lines.values())[:_MOST_LINES]:
        line = of_line[0].line
        name = Words(
            f"{line.unit.name} {line.indicator.id} {line.indicator.name.zh}",
            f"{line.unit.name} {line.indicator.id} {line.indicator.name.en}",
        )
        path = path_to("units", line.unit.id, line.indicator.id) + line_query
        yield TreeRow(level, "line", name, points=_points(line, of_line), path=path)
    if len(lines) > _MOST_LINES:
        more = len(lines) - _MOST_LINES
        yield TreeRow(level, "line", Words(f"另有 {more} 项得分", f"{more} more lines"))


def _points(line: ScoreLine, decided: Sequence[Decision]) -> Words:
    """Say what the line has, and what of it these events are evidence of."""
    above = sum((Fraction(one.share.numerator) for one in decided), Fraction(0))
    below = sum((Fraction(one.share.denominator) for one in decided), Fraction(0))
    share = Words(f"本链计入 {exact(above)}/{exact(below)}", f"of this chain {exact(above)}/{exact(below)}")
    if line.points is None:
        status = STATUS[line.status].words
        return Words(f"{status.zh}（{share.zh}）", f"{status.en} ({share.en})")
    has = rounded(line.points)
    full = exact(line.max_points)
    return Words(f"{has} 分，满分 {full}（{share.zh}）", f"{has} of {full} points ({share.en})")


def waited_words(waited: tuple[float, float] | None) -> Words | None:
    """Return how long after its cause; of several the shortest and the longest."""
    if waited is None:
        return None
    least, most = (_time_words(seconds) for seconds in waited)
    if least == most:
        return Words(f"起因后 {least.zh}", f"{least.en} after its cause")
    return Words(f"起因后 {least.zh} 至 {most.zh}", f"{least.en} to {most.en} after the causes")


def _time_words(seconds: float) -> Words:
    limits: Sequence[tuple[float, float, str, str]] = (
        (2 * _MINUTE, 1, "秒", "s"),
        (2 * _HOUR, _MINUTE, "分钟", "min"),
        (2 * _DAY, _HOUR, "小时", "h"),
    )
    for limit, unit, zh, en in limits:
        if abs(seconds) < limit:
            number = f"{seconds / unit:.1f}".removesuffix(".0")
            return Words(f"{number} {zh}", f"{number} {en}")
    return Words(f"{seconds / _DAY:.0f} 天", f"{seconds / _DAY:.0f} days")
