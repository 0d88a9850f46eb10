"""A causation tree as SVG of our own and as plain text: boxes read from above, each under its cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

_INDENT, _ROW, _BOX = 26, 40, 30
_LEFT, _TOP, _WIDE, _TEXT_WIDE = 16, 16, 1040, 560
_MOST_TEXT = 74
_COLOURS = {
    "command": ("#eef1f4", "#5a6672", "#1c2733"),
    "event": ("#e4eef8", "#1f5c99", "#1c2733"),
    "asked": ("#1f5c99", "#123c66", "#ffffff"),
    "closed": ("#e3e7eb", "#9aa5b1", "#39434d"),
    "line": ("#e3f1e6", "#2e7d4f", "#14301d"),
}
"""Fill, border and letters of a box: readable on each other, and never the only sign of what it is."""

Look = Literal["command", "event", "asked", "closed", "line"]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: what is in it, what stands beside it, and how deep it lies (0: at the left edge)."""

    level: int
    look: Look
    text: str
    beside: str = ""


def causation_svg(title: str, says: str, boxes: Sequence[Box]) -> str:
    """Return the picture; ``title`` and ``desc`` are what a screen reader says of it."""
    high = 2 * _TOP + _ROW * len(boxes)
    drawn = [*_elbows(boxes), *(part for row, box in enumerate(boxes) for part in _drawn(row, box))]
    deepest = max((box.level for box in boxes), default=0)
    wide = _WIDE + _INDENT * deepest
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(says)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def causation_text(boxes: Sequence[Box]) -> str:
    """Return the same tree for a terminal or a letter."""
    lines = []
    for row, box in enumerate(boxes):
        branch = ""
        if box.level:
            passing = ("│  " if _goes_on(boxes, row, level) else "   " for level in range(1, box.level))
            branch = "".join(passing) + ("├─ " if _goes_on(boxes, row, box.level) else "└─ ")
        lines.append(f"{branch}{box.text}{'   ' + box.beside if box.beside else ''}")
    return "\n".join(lines)


def _goes_on(boxes: Sequence[Box], row: int, level: int) -> bool:
    """Say whether something at *level* still follows under the same box."""
    return next((box.level == level for box in boxes[row + 1 :] if box.level <= level), False)


def _drawn(row: int, box: Box) -> list[str]:
    fill, border, ink = _COLOURS[box.look]
    x, y = _LEFT + _INDENT * box.level, _TOP + _ROW * row
    dashes = ' stroke-dasharray="5 3"' if box.look == "closed" else ""
    text = box.text if len(box.text) <= _MOST_TEXT else box.text[: _MOST_TEXT - 1] + "…"
    size = f'x="{x}" y="{y}" width="{_TEXT_WIDE}" height="{_BOX}" rx="4"'
    return [
        f'<rect {size} fill="{fill}" stroke="{border}"{dashes}/>',
        _text(x + 10, y + 20, text, ink),
        _text(x + _TEXT_WIDE + 12, y + 20, box.beside, "#5a6672") if box.beside else "",
    ]


def _elbows(boxes: Sequence[Box]) -> list[str]:
    """Return the lines from each box to the one it lies under."""
    drawn, above = [], dict[int, int]()
    for row, (before, box) in enumerate(pairwise((Box(-1, "event", ""), *boxes))):
        if box.level > before.level + 1:
            raise ValueError("a box lies at most one level under the one before it")
        above[box.level] = row
        if box.level:
            x = _LEFT + _INDENT * box.level - _INDENT + 10
            y = _TOP + _ROW * row + _BOX // 2
            start = _TOP + _ROW * above[box.level - 1] + _BOX
            drawn.append(f'<path d="M{x} {start}V{y}H{x + _INDENT - 10}" fill="none" stroke="#9aa5b1"/>')
    return drawn


def _text(x: int, y: int, text: str, fill: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{fill}" font-size="13">{escape(text)}</text>'
