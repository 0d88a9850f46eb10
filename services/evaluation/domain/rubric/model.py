"""What a rubric is made of: parts, items, bonus and deductions, vetoes, grades, periods, ranking, account.

Rule types live in ``rules/``; ``rules.RULES`` names them all. Every number of a
rubric that may differ by unit is an ``Amount``: an exact fraction, or an expression.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.rules.rule import Rule

VALUE = Expression.parse("value")

MissingPolicy = Literal["missing", "zero", "value_zero", "not_applicable"]
"""What an item without a value is.

``missing``: no points, the unit's total is incomplete. ``zero``: no points, complete.
``value_zero``: nothing reported counts as 0 (no occurrence: full points in M5).
"""

NotApplicablePolicy = Literal["rescale", "cohort_mean", "missing", "full", "zero"]
"""C8, of an item that does not apply to a unit.

``rescale``: its points go onto the others. ``cohort_mean``: the mean points of the units
of its ranking group that were scored. ``missing``: a gap people must settle.
"""

ZeroDenominatorPolicy = Literal["full", "zero", "not_applicable", "missing"]
"""What x / 0 in an item's expressions means."""

Ties = Literal["competition", "dense", "average"]
"""1-2-2-4, 1-2-2-3, or 1-2.5-2.5-4."""

Order = Literal["high", "low"]
"""Which end is first."""


@dataclass(frozen=True, slots=True)
class Text:
    """A name in Chinese, and in English where somebody wrote one."""

    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Periods:
    """C2: the periods something is scored in, in order, and the weight of each.

    The result is Σ weight × score of the period. Weights need not add to 1 (running
    deductions have weight 1 each).
    """

    weights: tuple[tuple[str, Fraction], ...]

    @classmethod
    def mean_of(cls, *names: str) -> "Periods":
        """Return periods that weigh the same and add to 1."""
        return cls(tuple((name, Fraction(1, len(names))) for name in names))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.weights)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """C16: before scoring, add clamp(factor·(by − target), −cap, cap) to the value."""

    by: Expression
    target: Amount
    factor: Amount
    cap: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the table.

    *points* is full marks: None when the rule has no upper end (accumulation). *applies*
    (``for`` in a file) says to which units the line belongs; for others it is not
    applicable (and its points go where *not_applicable* says), or with *outside_is_na*
    False it is no line of theirs at all: its points are not part of their full marks.

    *input* is what the rule reads. ``value`` is the cell itself in *input* and *adjust*,
    and what *input* gave everywhere else (rule, *zero_if*, *exempt_if*). *zero_if* goes
    before *exempt_if*. *periods* make the item Σ weight × points of each period, unless
    a part above it has periods already. An item id is unique in the rubric, also
    against the ids of parts, blocks, vetoes and prerequisites.

    *text* is the rule as published, *source* who or what its value comes from; neither is read in scoring.
    """

    id: str
    name: Text
    rule: Rule
    points: Amount | None
    applies: Expression | None = None
    outside_is_na: bool = True
    input: Expression = VALUE
    adjust: tuple[Adjustment, ...] = ()
    zero_if: Expression | None = None
    exempt_if: Expression | None = None
    if_zero_denominator: ZeroDenominatorPolicy = "missing"
    not_applicable: NotApplicablePolicy = "rescale"
    missing: MissingPolicy | None = None
    periods: Periods | None = None
    evidence: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: items, or parts, never both.

    *points* is what the section is worth by itself, for checks and for ``rate_of``; when
    None it is the sum of its children. *floor* and *cap* hold for its own score before
    *weight* (C4: a block scored on 100 × 0.5; C1: the weight may be an expression over
    ``unit.group``). *floor* None: none, but an item whose rule says ``floor: section`` (M5)
    keeps its section at 0 or above.

    *combine*: ``sum`` adds the children, each × its weight; ``weighted`` does the same and
    spreads the weight of a child that does not apply over the others; ``choose_best`` takes
    the best child (M15). *rescale*: points that do not apply are spread over the rest of this
    part; a part with a weight does so always, and the base as a whole does at last.

    *applies*: to other units the part is no part of the table (towns and departments in one
    rubric); nothing is rescaled for it.

    *periods*: the part is scored whole (floor and cap too) in each period, then weighed.
    A part with periods may not contain items or parts with periods of their own.
    """

    id: str
    name: Text
    points: Amount | None = None
    items: tuple[Item, ...] = ()
    parts: tuple["Part", ...] = ()
    applies: Expression | None = None
    floor: Amount | None = None
    cap: Amount | None = None
    weight: Amount | None = None
    combine: Literal["sum", "weighted", "choose_best"] = "sum"
    rescale: bool = False
    periods: Periods | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """C9: bonus or deductions. Items give positive points in both; deductions are taken off.

    An item's *points* is its own cap (None: none); *cap* is the block's. *inside*: bonus
    that fills up the base but never lifts it above its full points.
    """

    id: str
    name: Text
    items: tuple[Item, ...] = ()
    cap: Amount | None = None
    inside: bool = False


VetoEffect = Literal["zero", "lowest_grade", "bar_grade", "bar_ranking", "halt_reward"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """C10: what happens when *when* holds; *grade* is the grade barred by ``bar_grade``.

    A condition reads the values of the item with the veto's own id (``value`` and named
    inputs), and everything an item's expression may. Missing: the veto is not applied,
    and the result says that it could not be judged.
    """

    id: str
    name: Text
    when: Expression
    effect: VetoEffect
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """C17: must hold, otherwise the unit is scored but not ranked (or may not have *bars_grade*)."""

    id: str
    name: Text
    when: Expression
    bars_grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """C12: a band closed at *least*, open at *below* (None: up to the end), and further conditions.

    *most* closes the band above too, as papers write 80–89; a total in a hole then has
    no grade, and the result says so. *quota* is the largest share of the ranking group
    (0.3) in this grade; *when* may also read ``total``, ``rank``, ``group_size``,
    ``vetoed`` and ``score_of``. Grades stand best first.
    """

    name: str
    least: Fraction | None = None
    below: Fraction | None = None
    most: Fraction | None = None
    quota: Fraction | None = None
    quota_places: int | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaTies:
    """C13: who gets the last places of a quota when totals are equal.

    *by*: expressions, best first, higher is better (write ``0 - x`` for fewer is better);
    still equal: *otherwise* ``committee`` (undecided until people decide), ``all``, ``none``.
    *rounding* says what a share of a place is.
    """

    by: tuple[Expression, ...] = ()
    otherwise: Literal["committee", "all", "none"] = "committee"
    rounding: Literal["floor", "half_up", "ceil"] = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """C11, C13: units are ranked among those alike in the attributes *within* (none: all together).

    *by* ``shown`` ranks what is published (equal printed totals tie), ``exact`` the
    fractions. *incomplete* ``unranked`` keeps units with missing items out of the ranking.
    """

    within: tuple[str, ...] = ()
    ties: Ties = "competition"
    order: Order = "high"
    by: Literal["shown", "exact"] = "shown"
    incomplete: Literal["unranked", "ranked"] = "unranked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """C15: when the account falls to *at* or below, *act* follows, once; *applies*: to which units."""

    at: Fraction
    act: str
    applies: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """C15: a point account: *opening* is added to the total; thresholds are crossed downwards.

    Where the rubric has periods, the account runs through them in order and each act is
    reported with the first period that crossed its line.
    """

    opening: Amount
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A whole scoring table.

    *total* is the printed total (compared by the validator, never used in scoring).
    *places* decimals are published, half up; everything before is exact. *assessed*
    says which units are scored; others only lend their values (C7: the towns below a
    county). *data* are ids that values may have without being items (figures that
    expressions read). *bonus_cap* and *deduction_cap* hold over all blocks together.
    *floor* and *cap* bound the final total. *periods* are of the base; bonus and
    deductions have those of their items. *source* is kept and shown.
    """

    id: str
    title: Text
    parts: tuple[Part, ...]
    bonus: tuple[Block, ...] = ()
    deductions: tuple[Block, ...] = ()
    bonus_cap: Amount | None = None
    deduction_cap: Amount | None = None
    data: tuple[str, ...] = ()
    total: Fraction | None = None
    places: int = 2
    missing: MissingPolicy = "missing"
    assessed: Expression | None = None
    floor: Amount | None = None
    cap: Amount | None = None
    periods: Periods | None = None
    ranking: Ranking = Ranking()
    vetoes: tuple[Veto, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    grades: tuple[Grade, ...] = ()
    quota_ties: QuotaTies = QuotaTies()
    account: Account | None = None
    source: Mapping[str, object] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Yield every item: the parts' in order, then bonus and deductions."""
        for part in self.parts:
            yield from items_of(part)
        for block in (*self.bonus, *self.deductions):
            yield from block.items


def items_of(part: Part) -> Iterator[Item]:
    """Yield the items of *part* and of the parts inside it, in order."""
    yield from part.items
    for inner in part.parts:
        yield from items_of(inner)


def parts_of(part: Part) -> Iterator[Part]:
    """Yield *part* and the parts inside it, outermost first."""
    yield part
    for inner in part.parts:
        yield from parts_of(inner)
