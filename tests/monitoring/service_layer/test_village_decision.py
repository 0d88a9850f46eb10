from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.village_decision import STEPS
from services.monitoring.service_layer.village_decision import (
    BeginDecision,
    FileDecision,
    KeepDecisionStep,
    begin_decision,
    file_decision,
    keep_decision_step,
)
from shared.contracts.codes import UnknownCodeError, codes
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, VILLAGE

FILED = "monitoring.village_decision_filed.v1"


def begin(service, **given):
    told: dict[str, Any] = {"area_code": VILLAGE, "kind": "fund", "title": "入村道路维修资金使用", "on": DAY}
    return begin_decision(BeginDecision(**told | given), service.uow())


def keep(service, decision, step, **given):
    keep_decision_step(
        KeepDecisionStep(decision_id=decision, step=step, **{"on": DAY} | given), service.uow()
    )


def test_six_steps_are_filed(service, outbox):
    """A decision with all six steps is filed as complete; its title is told to nobody."""
    decision = begin(service)
    for step in STEPS:
        keep(service, decision, step)
    assert file_decision(FileDecision(decision_id=decision, on=date(2022, 6, 20)), service.uow())
    (told,) = outbox(FILED)
    assert (list(STEPS), True) == (told["steps"], told["complete"])
    assert "道路" not in str(outbox())


def test_a_missing_step_is_told(service, outbox):
    """Filed with five steps: told as not complete."""
    decision = begin(service)
    for step in STEPS[:-1]:
        keep(service, decision, step)
    assert not file_decision(FileDecision(decision_id=decision, on=DAY), service.uow())
    assert [False] == [told["complete"] for told in outbox(FILED)]


def test_an_old_page_is_refused(service):
    """Who has not seen the last step does not record the next."""
    decision = begin(service)
    keep(service, decision, STEPS[0], version=1)
    with pytest.raises(StaleVersionError):
        keep(service, decision, STEPS[1], version=1)


def test_the_steps_are_those_of_the_list(service):
    """The code list and the procedure name the same steps in the same order; no other is taken."""
    assert STEPS == tuple(code.value for code in codes()["decision_step"])
    with pytest.raises(UnknownCodeError):
        keep(service, begin(service), "lottery")
