from datetime import date
from typing import Any

import pytest

from services.evaluation.domain.dispatch.errors import DispatchStepError, EmptyTextError, WrongPlaceError
from services.evaluation.domain.dispatch.site import (
    DemonstrationSite,
    Elements,
    ElementsSet,
    SiteState,
    SiteStep,
)
from tests.evaluation.dispatch_kit import ACTION, TOWN, VILLAGE, check, tries

S, T = SiteState, SiteStep
ON = date(2022, 3, 1)
PERMITTED = {
    (T.REGISTER, S.PLANNED): S.ACTIVE,
    (T.REGISTER, S.WITHDRAWN): S.ACTIVE,
    (T.SET_ELEMENTS, S.ACTIVE): S.ACTIVE,
    (T.WITHDRAW, S.ACTIVE): S.WITHDRAWN,
}
TAKE = {
    T.REGISTER: lambda one: one.register("苹果园", VILLAGE, Elements(), on=ON),
    T.SET_ELEMENTS: lambda one: one.set_elements(Elements("标准"), on=ON),
    T.WITHDRAW: lambda one: one.withdraw("调整", on=ON),
}


def owed(town=TOWN):
    """Return the site an action owes in a town."""
    return DemonstrationSite.owed(2022, ACTION, town, on=date(2022, 1, 1))


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(T, S, PERMITTED))
def test_each_step_in_each_state(step, state, leads_to):
    """A permitted step leads on, any other is refused."""
    one = owed()
    one.state = state
    check(one, TAKE[step], leads_to, DispatchStepError)


def test_another_place_begins_with_elements_of_its_own():
    """After a place is given up the next is the second, with its own elements only."""
    one = owed()
    one.register("甲", VILLAGE, Elements("标准", "固关镇", "制度", ON), on=ON)
    assert one.elements.complete
    one.withdraw("水毁", on=ON)
    one.register("乙", VILLAGE, Elements("标准"), on=ON)
    assert (2, "乙", "", False) == (one.number, one.name, one.withdraw_reason, one.elements.complete)
    assert [1, 2] == [fact.number for fact in one.facts if isinstance(fact, ElementsSet)]


@pytest.mark.parametrize("left_out", ["standard", "responsible", "rule", "finish_on"])
def test_four_elements_or_not_complete(left_out):
    """Each of the four is needed."""
    given: dict[str, Any] = {"standard": "a", "responsible": "b", "rule": "c", "finish_on": ON}
    assert Elements(**given).complete
    del given[left_out]
    assert not Elements(**given).complete


def test_a_place_lies_in_its_town():
    """A county site outside the town that owes it is refused; the city's may lie in any."""
    with pytest.raises(WrongPlaceError):
        owed().register("甲", "610327100200", Elements(), on=ON)
    city = owed(town="")
    city.register("甲", "610327100200", Elements(), on=ON)
    assert ("city", S.ACTIVE) == (city.level, city.state)


def test_a_name_and_a_reason_are_given():
    """A place without a name, and giving one up without a reason, are refused."""
    one = owed()
    with pytest.raises(EmptyTextError):
        one.register(" ", VILLAGE, Elements(), on=ON)
    one.register("甲", VILLAGE, Elements(), on=ON)
    with pytest.raises(EmptyTextError):
        one.withdraw(" ", on=ON)
