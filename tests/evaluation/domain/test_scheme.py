from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from services.evaluation.domain.fact import Fact
from services.evaluation.domain.mark import JUDGED
from services.evaluation.domain.scheme import Figure, Given, Scheme
from services.evaluation.domain.scoring import RunningScore, score
from tests.evaluation.facts import fact_of
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)
TOWN = "610327109"


def mark(item, value, unit=TOWN, period="", number=1):
    data = {"unit": unit, "item": item, "period": period, "value": value, "number": number}
    return Fact(f"mark-{unit}-{item}-{period}-{number}", JUDGED, "", unit, DAY, data)


@pytest.fixture(name="facts", scope="module")
def _facts():
    return [fact_of(envelope) for envelope in sealed(Year(5).events)]


@pytest.fixture(name="scored")
def _scored(rulebook, towns):
    return lambda facts: score(facts, rulebook, towns, as_of=DAY, known_at=TODAY)


def figure(indicator, points, full=10):
    return Figure(indicator, Fraction(points), Fraction(full), Fraction(0), Fraction(0))


def towns_scheme(rulebook):
    return Scheme(rulebook, rulebook.schemes["town"])


def totals(scheme, figures, **given):
    marks = {item: Fraction(value) for item, value in given.items()}
    cells = {unit: scheme.cells(unit, some, marks) for unit, some in figures.items()}
    return scheme.score(cells, DAY)


def test_without_marks_the_indicators_are_rescaled_to_a_hundred(facts, rulebook, towns, scored):
    """Until somebody has judged, a town's total is what its lines alone come to."""
    plain = replace(rulebook, schemes={})
    lines_alone = score(facts, plain, towns, as_of=DAY, known_at=TODAY)
    assert [unit.exact for unit in lines_alone.towns] == [unit.exact for unit in scored(facts).towns]


def test_ninety_and_ten(rulebook):
    """8 of 10 in the indicators, all else judged: 63 × 0.8 + 18 × 0.9 + 9 × 0.7 + 6 × 0.95 + 4 × 0.88."""
    result = totals(
        towns_scheme(rulebook),
        {TOWN: [figure("I01-1", 8)]},
        daily=90,
        year_end=70,
        review="9.5",
        satisfaction=88,
    )[TOWN]
    expected = Fraction("50.4") + Fraction("16.2") + Fraction("6.3") + Fraction("5.7") + Fraction("3.52")
    assert (expected, Decimal("82.12"), "良好") == (result.total, result.shown, result.grade)


def test_bonus_and_notices_are_capped(rulebook):
    """Of 12 points lost to notices 10 count, of 9 points of bonus 5."""
    figures = [figure("I01-1", 8), figure("I37-4", -12)]
    assert Fraction(70) == totals(towns_scheme(rulebook), {TOWN: figures})[TOWN].total
    assert Fraction(75) == totals(towns_scheme(rulebook), {TOWN: figures}, bonus=9)[TOWN].total


def test_a_department_with_a_duty_is_scored_forty_and_sixty(rulebook):
    """Full in its own work points and nought in the common ones is 60; any other department is 90/10."""
    scheme = Scheme(rulebook, rulebook.schemes["department"])
    named = "县水利局"
    own = next(
        one.id
        for one in rulebook.indicators
        if one.in_base and named in rulebook.work_point(one.item).responsible
    )
    common = next(
        one.id
        for one in rulebook.indicators
        if one.in_base and named not in rulebook.work_point(one.item).responsible
    )
    figures = [figure(own, 10), figure(common, 0)]
    found = totals(scheme, {named: figures, "县别的局": figures})
    assert (Fraction(60), Fraction(50)) == (found[named].total, found["县别的局"].total)


@pytest.mark.parametrize("item", ["falsified", "criticised", "failed"])
def test_a_veto_bars_the_highest_grade(rulebook, item):
    """Falsified data, the province's criticism, a relapse: the total stands, the grade is not the highest."""
    failed = [figure("I01-8", 0)] if item == "failed" else []
    given = {} if item == "failed" else {item: 1}
    figures = {TOWN: [figure("I01-1", 1000, 1000), *failed]}
    result = totals(towns_scheme(rulebook), figures, **given)[TOWN]
    assert result.total > 90
    assert ("良好", ("优秀",)) == (result.grade, result.barred_grades)


def test_three_in_ten_are_excellent_and_a_tie_is_for_people(rulebook):
    """Of ten towns over 90 three are excellent; where the third and fourth are equal, people decide."""
    apart = {f"61032710{n}": [figure("I01-1", 1000 - n, 1000)] for n in range(10)}
    grades = [one.grade for one in totals(towns_scheme(rulebook), apart).values()]
    assert ["优秀"] * 3 + ["良好"] * 7 == grades
    apart["610327103"] = apart["610327102"]
    found = totals(towns_scheme(rulebook), apart)
    assert ["优秀", "优秀", "", "", "良好"] == [one.grade for one in list(found.values())[:5]]
    assert "committee" in found["610327102"].grade_note


def test_fewer_overdue_problems_decide_a_tie(rulebook):
    """At the quota's edge the unit with less left overdue comes first."""
    some = {f"61032710{n}": [figure("I01-1", 1000 - min(n, 2), 1000)] for n in range(4)}
    late = figure("I36-2", 0, 0)._replace(numerator=Fraction(1), denominator=Fraction(3))
    some["610327103"] = [*some["610327103"], late]
    ten = {f"61032711{n}": [figure("I01-1", 950, 1000)] for n in range(6)}
    found = totals(towns_scheme(rulebook), some | ten)
    assert ("优秀", "良好") == (found["610327102"].grade, found["610327103"].grade)


@pytest.mark.parametrize(
    ("chosen", "expected"), [(2, ["优秀", "优秀", "优秀", "良好"]), (3, ["优秀", "优秀", "良好", "优秀"])]
)
def test_the_committee_decides_a_tie_by_a_mark(rulebook, chosen, expected):
    """Of two equal at the quota's edge the one the committee marks has the place, the other does not."""
    scheme = towns_scheme(rulebook)
    some = {f"61032710{n}": [figure("I01-1", 1000 - min(n, 2), 1000)] for n in range(4)}
    some |= {f"61032711{n}": [figure("I01-1", 950, 1000)] for n in range(6)}
    given = Given(rulebook.since, rulebook.barring_notices)
    given.add([mark("committee", "1", unit=f"61032710{chosen}")], [])
    cells = {unit: scheme.cells(unit, figures, given.of(unit)) for unit, figures in some.items()}
    found = scheme.score(cells, DAY)
    assert expected == [found[f"61032710{n}"].grade for n in range(4)]


def test_marks_count_at_once_and_the_last_one_counts(facts, rulebook, towns, scored):
    """A mark given later takes the place of the one before, in whatever order they come."""
    first, second = mark("review", "2"), mark("review", "9", number=2)
    one = RunningScore(rulebook, towns, as_of=DAY, known_at=TODAY)
    one.add([second, *facts])
    before = one.board()
    one.add([first])
    assert before == one.board() == scored([*facts, first, second])
    assert scored([*facts, first]).unit(TOWN).exact < before.unit(TOWN).exact
    assert (("review", Fraction(9)),) == before.unit(TOWN).marks


def test_months_are_averaged():
    """Three months judged are the mean of three; notices from above the county are counted, its own not."""
    given = Given(date(2022, 1, 1), frozenset({"city", "province"}))
    given.add(
        [mark("daily", value, period=f"2022-0{n}") for n, value in enumerate(("80", "90", "100"), 1)], ()
    )
    assert {"daily": Fraction(90)} == given.of(TOWN)
    notices = [
        Fact(f"n{n}", "n", "", "", DAY, {"level": level, "unit": TOWN})
        for n, level in enumerate(("county", "city", "province"))
    ]
    other = given.copied()
    other.add((), notices)
    assert (Fraction(2), False) == (other.of(TOWN)["criticised"], "criticised" in given.of(TOWN))


def test_a_unit_of_which_nothing_applied_has_no_total(rulebook, scored):
    """Marks alone make no total, and nobody is ranked on them."""
    assert towns_scheme(rulebook).cells(TOWN, [], {"review": Fraction(9)}) is None
    assert {None} == {unit.total for unit in scored([mark("review", "9")]).towns}


def test_what_is_not_reported_raises_no_total(rulebook):
    """A report that was due and is missing keeps its weight: 8 of 20, not 8 of 10, as a zero would."""
    gap = figure("I02-6", 0)._replace(missing=True)
    found = {
        name: totals(towns_scheme(rulebook), {TOWN: [figure("I01-1", 8), *more]})[TOWN].total
        for name, more in {"nothing owed": [], "missing": [gap], "zero": [figure("I02-6", 0)]}.items()
    }
    assert {"nothing owed": Fraction(80), "missing": Fraction(40), "zero": Fraction(40)} == found


def test_gaps_alone_give_no_total(rulebook):
    """A unit of which nothing is known but what it did not report has no total, rather than nought."""
    gap = figure("I02-6", 0)._replace(missing=True)
    assert towns_scheme(rulebook).cells(TOWN, [gap], {}) is None


@pytest.mark.parametrize(("day", "owed"), [(date(2022, 4, 10), False), (date(2022, 4, 11), True)])
def test_a_gap_weighs_from_the_day_after_its_report_was_due(facts, rulebook, towns, day, owed):
    """The list of duties of the first quarter is due on 10 April; until then nobody owes it."""
    known = [one for one in facts if not one.name.startswith("evaluation.value_")]
    board = score(known, rulebook, towns, as_of=day, known_at=day)
    unit = board.unit(TOWN)
    line = unit.line("I02-6")
    assert ("missing", owed) == (line.status, line.owed)
    if owed:
        assert unit.incomplete
        assert unit.available >= line.max_points + sum(
            one.max_points for one in unit.lines if one.status == "scored" and one.indicator.in_base
        )


def reported(reporter, units, indicator, period):
    data = {"indicator": indicator, "reporter": reporter, "period": period, "number": 1, "units": units}
    return Fact(f"{indicator}-{reporter}-{period}", "evaluation.value_reported", "", "", DAY, data)


def test_a_gap_is_charged_to_who_owes_the_report(facts, rulebook, towns):
    """What a department does not report of the towns is no town's gap; what is in hand is nobody's."""
    known = [one for one in facts if not one.name.startswith("evaluation.value_")]
    handed = reported(TOWN, [TOWN], "I10-5", "2022Q4")
    board = score([*known, handed], rulebook, towns, as_of=DAY, known_at=DAY)
    own, of_others = board.unit(TOWN).line("I10-5"), board.unit(TOWN).line("I07-3")
    neighbour = next(unit for unit in board.towns if unit.unit.id != TOWN).line("I10-5")
    reporter = board.unit("县卫健局").line("I07-3")
    assert (False, False, True, True) == (own.owed, of_others.owed, neighbour.owed, reporter.owed)


def test_a_duty_does_not_hang_on_what_is_reported(rulebook):
    """A department the plan names is scored forty and sixty, with or without a figure of its own."""
    scheme = Scheme(rulebook, rulebook.schemes["department"])
    common = Figure("I31-2", Fraction(5), Fraction(5), Fraction(1), Fraction(1))
    named = next(unit for point in rulebook.work_points if point.id == 6 for unit in point.responsible)
    cells = scheme.cells(named, [common], {})
    assert cells is not None
    assert "duty" == cells.class_


def test_what_the_province_said_last_year_bars_nobody_this_year():
    """A notice and a mark of the year before belong to the year before."""
    before = date(2021, 12, 20)
    notice = Fact("n", "evaluation.notice_issued", "", TOWN, before, {"unit": TOWN, "level": "province"})
    given = Given(date(2022, 1, 1), frozenset({"city", "province"}))
    given.add([mark("review", "9")._replace(occurred_on=before)], [notice])
    assert {} == given.of(TOWN)
    given.add([mark("review", "9")], [notice._replace(occurred_on=date(2022, 1, 1))])
    assert {"review": Fraction(9), "criticised": Fraction(1)} == given.of(TOWN)
