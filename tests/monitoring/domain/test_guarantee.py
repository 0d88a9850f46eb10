from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.guarantee import Way, moved, not_before
from services.monitoring.domain.guarantee_errors import StepRefusedError

WAYS = {"go": Way(("here",), "there", "走", "go"), "stay": Way(("here",), None, "留", "stay")}
STATES = {"here": ("此处", "here"), "there": ("彼处", "there")}


def test_a_step_leads_on_or_stays():
    """A step goes to its state, or leaves the state as it is."""
    assert "there" == moved(WAYS, STATES, "go", "here")
    assert "here" == moved(WAYS, STATES, "stay", "here")


def test_a_refusal_names_step_and_state_in_words():
    """Whoever is refused reads what was tried and where it stands."""
    with pytest.raises(StepRefusedError) as told:
        moved(WAYS, STATES, "go", "there")
    assert "当前为“彼处”，不能办理“走”" == told.value.text("zh")


@pytest.mark.parametrize("day", [date(2022, 6, 15), date(2022, 6, 16)])
def test_the_day_itself_is_not_before(day):
    """A step may be on the day of what it follows from, or later."""
    assert day == not_before(day, date(2022, 6, 15))


def test_a_day_before_is_refused():
    """The day before is refused."""
    with pytest.raises(InvalidDayError):
        not_before(date(2022, 6, 14), date(2022, 6, 15))


def test_a_step_says_its_name_in_both_languages():
    """A step is called by its name in the language asked for."""
    assert ("走", "go") == (WAYS["go"].label(), WAYS["go"].label("en"))
