"""What one county has for one indicator, and the sum of many: small counts are withheld from both."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from services.evaluation.domain.errors import CountyTwiceError


@dataclass(frozen=True, slots=True)
class CountySum:
    """One county's numerator and denominator of one indicator.

    *rate* says that the numerator is part of the denominator. *cases* stands for
    figures that are money: how many shares they add up from, as fen count nobody.
    """

    county: str
    numerator: Fraction
    denominator: Fraction
    rate: bool
    cases: int | None = None

    def too_small(self, smallest: int) -> bool:
        """Say whether this tells a count of a few: of those meant, those met, or those left over."""
        if self.cases is not None:
            return 0 < self.cases < smallest
        told = [self.numerator, self.denominator]
        if self.rate:
            told.append(self.denominator - self.numerator)
        return any(0 < count < smallest for count in told)


@dataclass(frozen=True, slots=True)
class AddedUp:
    """Many counties' sums of one indicator. *withheld* names the counties that are in no figure here."""

    shown: tuple[CountySum, ...]
    withheld: tuple[str, ...]

    @property
    def numerator(self) -> Fraction:
        return sum((one.numerator for one in self.shown), Fraction(0))

    @property
    def denominator(self) -> Fraction:
        return sum((one.denominator for one in self.shown), Fraction(0))

    @property
    def value(self) -> Fraction | None:
        """The percentage of a rate, else the numerator; None where nothing is shown or the base is nought."""
        if not self.shown:
            return None
        if not self.shown[0].rate:
            return self.numerator
        return 100 * self.numerator / self.denominator if self.denominator else None


def added_up(sums: Iterable[CountySum], smallest: int) -> AddedUp:
    """Add *sums* of one indicator, leaving out counties with a count below *smallest*.

    They are left out of the total too: a total less what is shown would give them
    away. Raises CountyTwiceError, as a county counted twice is a wrong figure.
    """
    ordered = sorted(sums, key=lambda one: one.county)
    for one, following in pairwise(ordered):
        if one.county == following.county:
            raise CountyTwiceError(county=one.county)
    small = {one.county for one in ordered if one.too_small(smallest)}
    return AddedUp(
        tuple(one for one in ordered if one.county not in small),
        tuple(one.county for one in ordered if one.county in small),
    )
