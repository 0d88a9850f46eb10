from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.finance.domain.asset import AssetProblem
from services.finance.domain.errors import DayOrderError, NotYetError
from services.finance.domain.process import (
    OPENED,
    Acting,
    PositiveAmountError,
    ProcessStepError,
    Stepped,
    ensure_positive,
)
from tests.finance.domain.machines import ACTING, DAY

ABOUT = {
    "id": "x1",
    "area_code": "610327102200",
    "inspection_id": "i1",
    "asset_id": "a1",
    "category": "idle",
    "unit": "610327102",
    "due_on": DAY,
}


def found() -> AssetProblem:
    return AssetProblem.find(ACTING, **ABOUT)


def test_what_was_done_is_on_record_and_told():
    """Each step is in the history with its day and who took it, and raises one fact."""
    problem = found()
    problem.report(replace(ACTING, by="镇"))
    assert ((OPENED, "2022-06-01", "示例"), ("report", "2022-06-01", "镇")) == problem.history
    assert [Stepped(problem, OPENED, DAY, {}), Stepped(problem, "report", DAY, {})] == problem.facts


@pytest.mark.parametrize(
    ("on", "error"),
    [(DAY - timedelta(days=1), DayOrderError), (DAY + timedelta(days=1), NotYetError)],
)
def test_a_step_lies_between_the_last_one_and_today(on, error):
    """Not before the step it follows, not on a day that has not come; the day itself is fine."""
    problem = found()
    with pytest.raises(error):
        problem.report(Acting(on, DAY))
    assert "open" == problem.state
    problem.report(Acting(DAY, DAY))


def test_nothing_is_recorded_ahead():
    """What is put on record today cannot have happened tomorrow."""
    with pytest.raises(NotYetError):
        AssetProblem.find(Acting(date(2022, 6, 2), DAY), **ABOUT)


def test_a_refusal_says_where_it_stands():
    """The officer reads the state and the step, in both languages."""
    with pytest.raises(ProcessStepError) as refused:
        found().close(ACTING)
    assert "目前是“整改中”，不能办理“复核销号”" == refused.value.text("zh")
    assert "It stands at “being rectified”; “Re-check and close” is not possible now" == refused.value.text(
        "en"
    )


def test_closed_states_expect_nothing():
    """A process is open until it reaches one of its closed states."""
    assert [True, True, False] == [
        replace(found(), state=state).is_open for state in ("open", "reported", "closed")
    ]


@pytest.mark.parametrize(("amount", "fine"), [(-1, False), (0, False), (1, True)])
def test_an_amount_is_above_nothing(amount, fine):
    """One fen is the least."""
    if fine:
        ensure_positive(amount, "金额", "The amount")
    else:
        with pytest.raises(PositiveAmountError):
            ensure_positive(amount, "金额", "The amount")
