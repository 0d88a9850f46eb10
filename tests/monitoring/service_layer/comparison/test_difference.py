"""Town, village and department answer a difference, each in its turn."""

import pytest
from sqlalchemy import update

from services.monitoring.adapters.tables import comparison_differences, members
from services.monitoring.domain.comparison.difference import DifferenceStep
from services.monitoring.domain.comparison.errors import (
    DifferenceStepError,
    NotOursError,
    StillDifferentError,
)
from services.monitoring.service_layer.comparison.difference import (
    AnswerDifference,
    agrees,
    answer_difference,
)
from tests.monitoring.comparison_kit import deliver, differences, insured, kept

UNIT = "县医保局"


@pytest.fixture
def difference(service, household):
    deliver(service, "insured", insured(yes=False))
    return kept(service, comparison_differences, "id")[0][0]


def take(service, difference, step, unit="", note="说明原因"):
    answer_difference(
        AnswerDifference(difference_id=difference, step=DifferenceStep(step), unit=unit, note=note),
        service.uow(),
    )


def correct(service):
    with service.engine.begin() as connection:
        connection.execute(update(members).where(members.c.name == "赵甲一").values(resident_insurance=False))


def test_corrected_only_when_it_agrees(service, difference):
    """Saying that the register is corrected is not enough."""
    with pytest.raises(StillDifferentError):
        take(service, difference, "correct_register")
    correct(service)
    take(service, difference, "correct_register")
    assert [("insured", "no", "yes", "closed", "register_corrected")] == differences(service)


def test_department_waits_for_its_turn(service, difference):
    """Before it is asked, the department has nothing to answer; asked, the village has not."""
    with pytest.raises(DifferenceStepError):
        take(service, difference, "correct_list", UNIT)
    take(service, difference, "ask_department")
    with pytest.raises(DifferenceStepError):
        take(service, difference, "explain")
    take(service, difference, "correct_list", UNIT)
    assert [("insured", "no", "yes", "closed", "department_corrected")] == differences(service)


def test_department_may_ask_the_register_back(service, difference):
    """The list is right after all: the village's turn again."""
    take(service, difference, "ask_department")
    take(service, difference, "ask_register", UNIT)
    assert [("insured", "no", "yes", "register", "")] == differences(service)


def test_other_department_has_no_say(service, difference):
    """Education doesn't answer for health insurance."""
    take(service, difference, "ask_department")
    with pytest.raises(NotOursError):
        take(service, difference, "explain", "县教体局")


def test_agreement_is_read_from_the_register(service, difference):
    """It is what the register says today that counts."""
    with service.uow() as uow:
        before = agrees(uow.differences.get(difference), uow)
    correct(service)
    with service.uow() as uow:
        assert (False, True) == (before, agrees(uow.differences.get(difference), uow))
