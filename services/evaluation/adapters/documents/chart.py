"""Charts as SVG of our own: a trend, a distribution, a tile map; each with its figures as a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

_WIDE, _HIGH = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 24, 24, 40
_BLUE, _LINE, _SOFT, _INK = "#1f5c99", "#c8d2dd", "#5a6672", "#1c2733"
_SHADES = (
    (90, "#2e7d4f", "#ffffff"),
    (80, "#7fb685", "#14210f"),
    (60, "#f0d58c", "#2b2208"),
    (0, "#d98880", "#2b0d08"),
)
"""From how many points a tile has which colour, and the colour of its letters: readable on it."""
_NO_SCORE = ("#e3e7eb", "#39434d")
_BAND = 10
_FULL = 100


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and, for whoever does not see it, its title, what it says, and its figures."""

    title: str
    says: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def trend(title: str, points: Sequence[tuple[str, Decimal | None]], head: tuple[str, str]) -> Chart:
    """Return totals over time as a line; where there was no total the line has a gap."""
    known = [(label, value) for label, value in points if value is not None]
    ends = f"{known[0][0]} {known[0][1]} → {known[-1][0]} {known[-1][1]}" if known else "—"
    step = (_WIDE - _LEFT - _RIGHT) / max(len(points) - 1, 1)
    marks: list[str] = []
    runs: list[list[str]] = []
    run: list[str] = []
    for place, (label, value) in enumerate(points):
        x = _LEFT + step * place
        marks.append(_text(x, _HIGH - _BOTTOM + 18, label, anchor="middle"))
        if value is None:
            runs, run = [*runs, run], []
            continue
        y = _height(value)
        run.append(f"{x:.1f},{y:.1f}")
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_BLUE}"/>')
        marks.append(_text(x, y - 9, str(value), anchor="middle", fill=_INK))
    lines = [
        f'<polyline points="{" ".join(one)}" fill="none" stroke="{_BLUE}" stroke-width="2.5"/>'
        for one in [*runs, run]
        if len(one) > 1
    ]
    rows = tuple((label, "—" if value is None else str(value)) for label, value in points)
    return Chart(title, ends, _svg(title, ends, _grid() + lines + marks), head, rows)


def distribution(title: str, totals: Sequence[Decimal], head: tuple[str, str]) -> Chart:
    """Return how many totals lie in each band of ten points, as columns; 100 belongs to the last."""
    bands = [0] * (_FULL // _BAND)
    for total in totals:
        bands[min(int(total) // _BAND, len(bands) - 1)] += 1
    names = [f"{_BAND * place}–{_BAND * (place + 1)}" for place in range(len(bands))]
    most = max([*bands, 1])
    width = (_WIDE - _LEFT - _RIGHT) / len(bands)
    room = _HIGH - _TOP - _BOTTOM - 16
    drawn = [_level(_HIGH - _BOTTOM)]
    for place, (name, count) in enumerate(zip(names, bands, strict=True)):
        x, height = _LEFT + width * place, room * count / most
        y = _HIGH - _BOTTOM - height
        if count:
            drawn.append(_box(x + 4, y, width - 8, height, _BLUE))
            drawn.append(_text(x + width / 2, y - 6, str(count), anchor="middle", fill=_INK))
        drawn.append(_text(x + width / 2, _HIGH - _BOTTOM + 18, name, anchor="middle"))
    says = "; ".join(f"{name}: {count}" for name, count in zip(names, bands, strict=True) if count) or "—"
    rows = tuple((name, str(count)) for name, count in zip(names, bands, strict=True))
    return Chart(title, says, _svg(title, says, drawn), head, rows)


def tiles(
    title: str, units: Sequence[tuple[str, Decimal | None, int | None]], head: tuple[str, str, str]
) -> Chart:
    """Return units as tiles in the order given, coloured by score: a table that reads like a map."""
    across = 5
    width, height = (_WIDE - 20) / across, 84
    drawn = []
    for place, (name, total, rank) in enumerate(units):
        x, y = 10 + width * (place % across), 10 + height * (place // across)
        fill, ink = _NO_SCORE if total is None else _shade(total)
        drawn.append(_box(x + 3, y + 3, width - 6, height - 6, fill))
        drawn.append(_text(x + width / 2, y + 36, name, anchor="middle", fill=ink, size=16))
        shown = "—" if total is None else f"{total}" + (f" · №{rank}" if rank is not None else "")
        drawn.append(_text(x + width / 2, y + 58, shown, anchor="middle", fill=ink, size=14))
    rows = tuple(
        (name, "—" if total is None else str(total), "—" if rank is None else str(rank))
        for name, total, rank in units
    )
    says = "; ".join(f"{name} {total}" for name, total, _ in rows)
    deep = int(20 + height * -(-len(units) // across))
    return Chart(title, says, _svg(title, says, drawn, deep), head, rows)


def _shade(total: Decimal) -> tuple[str, str]:
    return next((fill, ink) for least, fill, ink in _SHADES if total >= least)


def _height(value: Decimal) -> float:
    return _TOP + (_HIGH - _TOP - _BOTTOM) * (1 - float(value) / _FULL)


def _grid() -> list[str]:
    drawn = []
    for value in range(0, _FULL + 1, 20):
        y = _height(Decimal(value))
        drawn.append(_level(y))
        drawn.append(_text(_LEFT - 8, y + 4, str(value), anchor="end"))
    return drawn


def _level(y: float) -> str:
    return f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDE - _RIGHT}" y2="{y:.1f}" stroke="{_LINE}"/>'


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _text(x: float, y: float, text: str, *, anchor: str, fill: str = _SOFT, size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}"'
    return f"<text {place}>{escape(text)}</text>"


def _svg(title: str, says: str, drawn: Sequence[str], high: int = _HIGH) -> str:
    """Return the picture; ``title`` and ``desc`` are what a screen reader says of it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" '
        f'width="{_WIDE}" height="{high}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(says)}</desc>'
        f"{''.join(drawn)}</svg>"
    )
