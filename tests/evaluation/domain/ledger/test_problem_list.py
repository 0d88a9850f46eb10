from datetime import date

import pytest

from services.evaluation.domain.ledger.errors import ListAppliedError, NothingToImportError
from services.evaluation.domain.ledger.problem_list import ListedProblem, ListState, ProblemList

GOOD = ListedProblem(2, "610327109", "housing", "房屋漏雨")
BAD = ListedProblem(3, "", "housing", "没有单位", faults=("unit",))


def sent(*lines):
    return ProblemList(
        id="l1", name="反馈.xlsx", sha256="0" * 64, source="province", document_no="陕乡振〔2022〕1号",
        found_on=date(2022, 5, 1), sent_on=date(2022, 5, 2), sent_by="pinggu", lines=lines,
    )  # fmt: skip


def test_the_good_lines_are_taken_in():
    """Lines with faults stay out, the others are imported."""
    one = sent(GOOD, BAD)
    assert (GOOD,) == one.take_in()
    assert (ListState.IMPORTED, 1) == (one.state, one.imported)


def test_without_a_good_line():
    """A list of which nothing can be imported is refused and stays open."""
    one = sent(BAD)
    with pytest.raises(NothingToImportError):
        one.take_in()
    assert ListState.PREVIEWED is one.state


@pytest.mark.parametrize("first", ["take_in", "discard"])
@pytest.mark.parametrize("second", ["take_in", "discard"])
def test_a_list_ends_once(first, second):
    """What was imported or thrown away can be neither again."""
    one = sent(GOOD)
    getattr(one, first)()
    with pytest.raises(ListAppliedError):
        getattr(one, second)()
