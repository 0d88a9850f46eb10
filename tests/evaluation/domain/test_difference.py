from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.difference import Causes, Compared, difference
from services.evaluation.domain.ranking import rescaled

INDICATORS = ("I01-1", "I01-2", "I01-3", "I37-4")


def line(indicator, points, full=10, status="scored"):
    scored = status == "scored"
    return {
        "unit": "u",
        "indicator": indicator,
        "name": indicator,
        "status": status,
        "deduction": indicator == "I37-4",
        "points": str(points),
        "points_exact": str(points) if scored else None,
        "max_points": str(full) if scored else "0",
        "value": None,
        "value_exact": None,
        "numerator": "0",
        "denominator": "0",
        "rule_sha256": "r",
    }


def total_of(unit, lines):
    """A total in which nothing adds up simply: rescaled, with losses, a mark and a cap."""
    scored = [one for one in lines if one["status"] == "scored"]
    base = [one for one in scored if not one["deduction"]]
    found = rescaled(
        (Fraction(one["points_exact"]) for one in base),
        (Fraction(one["max_points"]) for one in base),
        (-Fraction(one["points_exact"]) for one in scored if one["deduction"]),
    )
    review = Fraction((unit.get("parts") or {}).get("review", 0))
    return None if found is None else min(found * Fraction(9, 10) + review, Fraction(95))


def version(lines, parts=(), rank=1):
    exact = total_of({"parts": dict(parts)}, lines)
    unit = {"unit": "u", "name": "甲", "total": None, "rank": rank, "grade": None, "vetoes": []}
    unit |= {"total_exact": None if exact is None else str(exact), "parts": dict(parts)}
    board = {"as_of": "2022-12-31", "known_at": "2022-12-31", "towns": [unit], "departments": []}
    return Compared(board, tuple(lines))


@st.composite
def versions(draw):
    lines = []
    for indicator in INDICATORS:
        if not draw(st.booleans()):
            continue
        status = draw(st.sampled_from(["scored", "not_applicable"]))
        points = Fraction(draw(st.integers(0, 40)), 4)
        lines.append(line(indicator, -points if indicator == "I37-4" else points, status=status))
    parts = {"review": str(draw(st.integers(0, 10)))} if draw(st.booleans()) else {}
    return version(lines, parts)


def no_causes(_unit, _indicator):
    return Causes()


@settings(max_examples=200, deadline=None)
@given(versions(), versions())
def test_the_effects_add_up_to_the_change_of_the_total(before, after):
    """Whatever changed, the effects of lines and parts are exactly what the total moved by."""
    found = difference(before, after, total_of, no_causes)
    for unit in found["units"]:
        effects = [Fraction(one["effect"]) for one in (*unit["lines"], *unit["parts"])]
        exact = [Fraction(unit["total_exact"][side] or 0) for side in ("before", "after")]
        assert exact[1] - exact[0] == Fraction(unit["change"]) == sum(effects)
        assert "rules" not in [one["part"] for one in unit["parts"]]


@settings(max_examples=60, deadline=None)
@given(versions())
def test_nothing_changed_is_nothing_said(one):
    """A version compared with itself has no difference."""
    assert [] == difference(one, one, total_of, no_causes)["units"]


def test_a_line_says_why():
    """Before, after, effect, whether the rule changed, and the events that came and went."""
    before, after = version([line("I01-1", 5)]), version([{**line("I01-1", 8), "rule_sha256": "other"}])
    causes = Causes([f"e{n:03d}" for n in range(60)], ["gone"])
    (unit,) = difference(before, after, total_of, lambda *_: causes)["units"]
    (changed,) = unit["lines"]
    assert ("5", "8", "27", True) == (
        changed["before"]["points"],
        changed["after"]["points"],
        changed["effect"],
        changed["rule_changed"],
    )
    assert (60, 50, ["gone"]) == (
        changed["events_added"]["count"],
        len(changed["events_added"]["first"]),
        changed["events_gone"]["first"],
    )


def test_what_cannot_be_known_is_said_so():
    """Where the old evidence cannot be told any more, the difference claims none."""
    before, after = version([line("I01-1", 5)]), version([line("I01-1", 8)])
    (unit,) = difference(before, after, total_of, lambda *_: Causes(None, None))["units"]
    assert {"known": False, "count": 0, "first": []} == unit["lines"][0]["events_added"]


def test_a_change_of_the_rules_of_the_total_is_a_part_of_its_own():
    """A total that moved although no line did is explained by the rules of totals."""
    before = version([line("I01-1", 5)])
    moved = {**before.board["towns"][0], "total_exact": "40"}
    after = Compared({**before.board, "towns": [moved]}, before.lines)
    (unit,) = difference(before, after, total_of, no_causes)["units"]
    assert ("-5", [("rules", "-5")]) == (unit["change"], [(p["part"], p["effect"]) for p in unit["parts"]])


def test_a_rank_that_others_moved():
    """A unit whose own points stand is listed with its new rank."""
    before, after = version([line("I01-1", 5)], rank=1), version([line("I01-1", 5)], rank=2)
    (unit,) = difference(before, after, total_of, no_causes)["units"]
    assert ({"before": 1, "after": 2}, "0", []) == (unit["rank"], unit["change"], unit["lines"])
