import pytest

from services.evaluation.domain.scoring import score
from tests.evaluation.domain.case_files import check, fact, read
from tests.evaluation.reporting_tasks import only

CASES = [case for case in read("durations.yaml") if case["indicator"] in ("I04-3", "I16-2")]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of days taken gives what its author worked out."""
    check(case, only(rulebook, case["indicator"]), towns)


@pytest.mark.parametrize(("number", "value"), [(0, 4), (1, 10)])
def test_the_value_is_the_median(number, value, rulebook, towns):
    """The value is the middle one, or half-way between the two in the middle; not the mean."""
    case = CASES[number]
    facts = [fact(raw) for raw in case["facts"]]
    board = score(facts, rulebook, towns, as_of=case["as_of"], known_at=case["as_of"])
    assert value == board.unit("县民政局").line("I04-3").value
