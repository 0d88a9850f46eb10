"""Faults of tables of points: tiers and bands with holes, shared edges, rows nobody can reach."""

from collections.abc import Sequence
from fractions import Fraction

from services.evaluation.adapters.rubric.finding import Findings, RuleAt, fixed, n
from services.evaluation.adapters.rubric.span import Span, around, holes, rest
from services.evaluation.domain.rubric.rules.table import Band, Bands, Tier, Tiers

_USUAL_TOPS = (Fraction(1), Fraction(100))


def check_tiers(at: RuleAt) -> Findings:
    """Yield the faults of tiers, the first of which that holds gives the points."""
    rule: Tiers = at.rule
    if not rule.tiers and not rule.categories:
        yield at.wrong("table_empty", "tiers", "没有任何档次", "there is no tier")
    spans = [_tier_span(tier) for tier in rule.tiers]
    if all(spans):
        yield from _table(at, "tiers", [span for span in spans if span], rule.outside)
    points = [fixed(tier.points, at.full) for tier in rule.tiers]
    points += [fixed(amount, at.full) for _, amount in rule.categories]
    yield from _best(at, "tiers" if rule.tiers else "categories", points)


def check_bands(at: RuleAt) -> Findings:
    """Yield the faults of bands, the first of which that holds gives the points."""
    rule: Bands = at.rule
    if not rule.bands:
        yield at.wrong("table_empty", "bands", "没有任何区间", "there is no band")
    spans = [_band_span(band) for band in rule.bands]
    for index, (band, span) in enumerate(zip(rule.bands, spans, strict=True)):
        yield from _band(RuleAt(at.item, (*at.steps, "bands", index), band, at.full), span)
    if all(spans):
        yield from _table(at, "bands", [span for span in spans if span], rule.outside)
        yield from _edges(at, rule.bands, [span for span in spans if span])
    ends = [end for band in rule.bands for end in (band.at_low, band.at_high)]
    yield from _best(at, "bands", [fixed(end, at.full) for end in ends])


def _band(inner: RuleAt, span: Span | None) -> Findings:
    if span and span.low is not None and span.high is not None and span.low > span.high:
        yield inner.wrong(
            "band_reversed",
            "high",
            f"下限{n(span.low)}大于上限{n(span.high)}",
            f"low {n(span.low)} is above high {n(span.high)}",
        )
    band: Band = inner.rule
    if (band.low is None or band.high is None) and band.at_low != band.at_high:
        yield inner.wrong(
            "open_band_slopes",
            "high" if band.high is None else "low",
            "没有上（下）限的区间，两端的分必须相同",
            "is without end; such a band has the same points at both ends",
        )


def _tier_span(tier: Tier) -> Span | None:
    """Return the values of *tier*; None where a bound differs by unit."""
    bounds = (tier.at_least, tier.above, tier.at_most, tier.below)
    if any(bound is not None and fixed(bound) is None for bound in bounds):
        return None
    above, below = fixed(tier.above), fixed(tier.below)
    low = above if above is not None else fixed(tier.at_least)
    high = below if below is not None else fixed(tier.at_most)
    return Span(low, high, above is not None, below is not None)


def _band_span(band: Band) -> Span | None:
    low, high = fixed(band.low), fixed(band.high)
    if (low is None and band.low is not None) or (high is None and band.high is not None):
        return None
    return Span(low, high, band.low_open, band.high_open)


def _table(at: RuleAt, field: str, spans: Sequence[Span], outside: str) -> Findings:
    for hole in holes(spans):
        text = hole.text()
        if outside == "missing":
            yield at.wrong(
                "hole_in_table", field, f"数值 {text} 没有对应的分", f"values {text} have no points"
            )
        else:
            yield at.odd(
                "hole_in_table",
                field,
                f"数值 {text} 不在任何一档（按 outside: {outside} 计）",
                f"values {text} are in no row (outside: {outside} counts)",
            )
    for index, span in enumerate(spans):
        inner = RuleAt(at.item, (*at.steps, field, index), None, None)
        if span.empty:
            yield inner.wrong("row_empty", "", "这一档不含任何数值", "no value is in this row")
        elif not rest(span, spans[:index]):
            yield inner.odd(
                "row_never_reached",
                "",
                "前面各档已包含全部数值，这一档用不到",
                "the rows before hold all its values",
            )
    if outside == "missing" and spans:
        yield from _ends(at, field, around(spans))


def _ends(at: RuleAt, field: str, whole: Span) -> Findings:
    if whole.low is not None and whole.low > 0:
        yield at.odd(
            "nothing_below",
            field,
            f"低于{n(whole.low)}的数值没有规定",
            f"nothing is said below {n(whole.low)}",
        )
    if whole.high is not None and whole.high not in _USUAL_TOPS:
        yield at.odd(
            "nothing_above",
            field,
            f"高于{n(whole.high)}的数值没有规定",
            f"nothing is said above {n(whole.high)}",
        )


def _edges(at: RuleAt, bands: Sequence[Band], spans: Sequence[Span]) -> Findings:
    for index, (band, span) in enumerate(zip(bands, spans, strict=True)):
        for other, (before, taken) in enumerate(zip(bands[:index], spans[:index], strict=True)):
            shared = span.meets(taken)
            if shared.empty:
                continue
            inner = RuleAt(at.item, (*at.steps, "bands", index), None, None)
            if shared.low != shared.high:
                yield inner.odd(
                    "bands_overlap",
                    "",
                    f"与第{other + 1}个区间重叠（{shared.text()}），以前面的为准",
                    f"overlaps band {other + 1} ({shared.text()}); the earlier counts",
                )
            elif _end_points(band, span, shared.low) != _end_points(before, taken, shared.low):
                edge = n(shared.low) if shared.low is not None else ""
                yield inner.odd(
                    "edge_shared",
                    "",
                    f"数值{edge}同时在第{other + 1}个区间，分数不同，以前面的为准",
                    f"{edge} is in band {other + 1} too, with other points; the earlier counts",
                )


def _end_points(band: Band, span: Span, edge: Fraction | None) -> object:
    return band.at_low if span.low == edge else band.at_high


def _best(at: RuleAt, field: str, points: Sequence[Fraction | None]) -> Findings:
    full = fixed(at.full)
    if full is None or not points or any(one is None for one in points):
        return
    best = max(one for one in points if one is not None)
    if best > full:
        yield at.odd(
            "points_above_full",
            field,
            f"最高可得{n(best)}，超过满分{n(full)}",
            f"gives up to {n(best)}, of {n(full)}",
        )
    if best < full:
        yield at.odd(
            "full_never_reached",
            field,
            f"最高只能得{n(best)}，满分{n(full)}拿不到",
            f"gives {n(best)} at most; the full {n(full)} cannot be had",
        )
