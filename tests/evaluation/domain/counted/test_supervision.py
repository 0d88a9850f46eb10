import pytest

from services.evaluation.domain.scoring import score
from tests.evaluation.domain.case_files import check, fact, read

CASES = read("supervision.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of supervision gives what its author worked out."""
    check(case, rulebook, towns)


def test_what_is_only_shown_changes_no_total(rulebook, towns):
    """I37-6 has a value and no points: with and without it every total is the same."""
    (case,) = (case for case in CASES if case["indicator"] == "I37-6")
    facts = [fact(raw) for raw in case["facts"]]
    day = case["as_of"]
    totals = [
        {unit.unit.id: unit.total for unit in score(some, rulebook, towns, as_of=day, known_at=day).units()}
        for some in (facts, facts[:1])
    ]
    assert totals[0] == totals[1]
    line = score(facts, rulebook, towns, as_of=day, known_at=day).unit("县纪委监委").line("I37-6")
    assert [50, None, 0] == [line.value, line.points, line.lost]
