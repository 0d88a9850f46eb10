"""How firm ranks are: the ranks a unit can take when every indicator's weight may be off by a share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.evaluation.domain.ranking import competition_ranks, two_decimals

_HUNDREDTH = Fraction(1, 100)
_NOUGHT, _CAP = Fraction(0), Fraction(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's exact total (not yet kept within 0 and 100), and the points of it lost at each indicator."""

    unit: str
    total: Fraction
    losses: Mapping[str, Fraction]

    def under(self, shifts: Mapping[str, Fraction]) -> Fraction:
        """Return the total when what is lost at an indicator weighs 1 + its shift."""
        return self.total - sum(
            (shift * self.losses.get(item, _NOUGHT) for item, shift in shifts.items()), _NOUGHT
        )


@dataclass(frozen=True, slots=True)
class Firmness:
    """A unit's rank now and the best and worst it can take; *margin*: how far the nearest unit is.

    No shift of weights leads outside of *best* and *worst*. Where *attained*, shifts are
    known that lead to both; else the true interval may be narrower.
    """

    unit: str
    rank: int
    best: int
    worst: int
    attained: bool
    margin: Fraction | None

    @property
    def firm(self) -> bool:
        return self.best == self.worst


def firmness(standings: Sequence[Standing], shift: Fraction) -> list[Firmness]:
    """Return how firm each rank is when every weight may move by the share *shift* either way.

    A moved weight changes what is lost at its indicator, the same for every unit; what others
    won does not change. The difference of two units is then a straight line in the shifts, and
    its least and greatest values stand at corners: shift × the sum of the differing losses.
    """
    now = ranks_under(standings, {})
    seen = {unit: {rank} for unit, rank in now.items()}
    for one in standings:
        for other in standings:
            if one is not other and abs(one.total - other.total) <= shift * _apart(one, other):
                for unit, rank in ranks_under(standings, _corner(one, other, shift)).items():
                    seen[unit].add(rank)
    return [_firmness(one, standings, shift, now[one.unit], seen[one.unit]) for one in standings]


def _firmness(
    one: Standing, standings: Sequence[Standing], shift: Fraction, rank: int, seen: set[int]
) -> Firmness:
    others = [other for other in standings if other is not one]
    best = 1 + sum(_always_above(other, one, shift) for other in others)
    worst = 1 + sum(other.total - one.total + shift * _apart(other, one) > 0 for other in others)
    margin = min((abs(other.total - one.total) for other in others), default=None)
    return Firmness(one.unit, rank, best, worst, {best, worst} <= seen, margin)


def _always_above(upper: Standing, lower: Standing, shift: Fraction) -> bool:
    """Say whether *upper* is published with more points than *lower* under every shift.

    A hundredth apart they are never rounded alike; the bounds of 0 and 100 must not make them so.
    """
    apart = upper.total - lower.total - shift * _apart(upper, lower)
    highest = lower.total + shift * _size(lower)
    lowest = upper.total - shift * _size(upper)
    return apart >= _HUNDREDTH and highest <= _CAP - _HUNDREDTH and lowest >= _HUNDREDTH


def _apart(one: Standing, other: Standing) -> Fraction:
    """Return how far one whole shift of every weight could move the two against each other."""
    items = {*one.losses, *other.losses}
    return sum(
        (abs(one.losses.get(item, _NOUGHT) - other.losses.get(item, _NOUGHT)) for item in items), _NOUGHT
    )


def _size(one: Standing) -> Fraction:
    return sum(map(abs, one.losses.values()), _NOUGHT)


def _corner(better: Standing, worse: Standing, shift: Fraction) -> dict[str, Fraction]:
    """Return the shifts that favour *better* over *worse* the most."""
    items = {*better.losses, *worse.losses}
    return {
        item: -shift if better.losses.get(item, _NOUGHT) > worse.losses.get(item, _NOUGHT) else shift
        for item in items
    }


def ranks_under(standings: Iterable[Standing], shifts: Mapping[str, Fraction]) -> dict[str, int]:
    """Return the ranks by published totals when weights are shifted so."""
    totals = {one.unit: two_decimals(min(max(one.under(shifts), _NOUGHT), _CAP)) for one in standings}
    return competition_ranks(totals)
