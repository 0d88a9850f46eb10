"""Spans of values with open and closed ends: where they leave holes, and where they lie on each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.evaluation.domain.rubric.number import written


@dataclass(frozen=True, slots=True)
class Span:
    """From *low* to *high* (None: without end); an open end does not belong to it."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meets(self, other: "Span") -> "Span":
        """Return what both hold; it may be empty."""
        low, low_open = _later(self, other)
        high, high_open = _earlier(self, other)
        return Span(low, high, low_open, high_open)

    def holds_number(self, places: int | None) -> bool:
        """Tell whether a number of so many decimals lies inside (None: of any)."""
        if self.empty:
            return False
        if places is None or self.low is None or self.high is None:
            return True
        scale = 10**places
        first = -(-self.low * scale // 1)
        if self.low_open and first == self.low * scale:
            first += 1
        return first < self.high * scale or (first == self.high * scale and not self.high_open)

    def text(self) -> str:
        """Return it as people write it: ``80 < x < 81``."""
        low = "" if self.low is None else f"{written(self.low)} {'<' if self.low_open else '≤'} "
        high = "" if self.high is None else f" {'<' if self.high_open else '≤'} {written(self.high)}"
        return f"{low}x{high}"


def _later(one: Span, other: Span) -> tuple[Fraction | None, bool]:
    if one.low is None or other.low is None:
        given = other if one.low is None else one
        return given.low, given.low_open
    if one.low == other.low:
        return one.low, one.low_open or other.low_open
    given = one if one.low > other.low else other
    return given.low, given.low_open


def _earlier(one: Span, other: Span) -> tuple[Fraction | None, bool]:
    if one.high is None or other.high is None:
        given = other if one.high is None else one
        return given.high, given.high_open
    if one.high == other.high:
        return one.high, one.high_open or other.high_open
    given = one if one.high < other.high else other
    return given.high, given.high_open


def rest(span: Span, taken: Sequence[Span]) -> list[Span]:
    """Return what of *span* none of *taken* holds, lowest first."""
    left = [span]
    for one in taken:
        left = [piece for whole in left for piece in _without(whole, one)]
    return left


def _without(whole: Span, taken: Span) -> Iterator[Span]:
    if whole.meets(taken).empty:
        yield whole
        return
    if taken.low is not None:
        below = whole.meets(Span(None, taken.low, high_open=not taken.low_open))
        if not below.empty:
            yield below
    if taken.high is not None:
        above = whole.meets(Span(taken.high, None, low_open=not taken.high_open))
        if not above.empty:
            yield above


def around(spans: Sequence[Span]) -> Span:
    """Return the span from the lowest end of *spans* to the highest."""
    low = [span for span in spans if span.low is not None]
    high = [span for span in spans if span.high is not None]
    first = min(low, key=lambda one: (one.low, one.low_open)) if len(low) == len(spans) else None
    last = max(high, key=lambda one: (one.high, not one.high_open)) if len(high) == len(spans) else None
    return Span(
        first.low if first else None,
        last.high if last else None,
        first.low_open if first else False,
        last.high_open if last else False,
    )


def holes(spans: Sequence[Span]) -> list[Span]:
    """Return what lies between the ends of *spans* and in none of them."""
    return rest(around(spans), spans) if spans else []
