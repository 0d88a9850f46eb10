import pytest

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.quality.errors import DataErrorAnsweredError, RuleStillBrokenError
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.quality.answering import (
    AnswerError,
    AskCorrection,
    CheckBack,
    answer_error,
    ask_correction,
    take_check_back,
)
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, family, person, son, wife

FOUND, FIXED = "monitoring.data_error_found.v1", "monitoring.data_error_fixed.v1"


@pytest.fixture
def broken(service, outbox):
    """The id of an error a rule found: a child at school counted as labour."""
    register_household(
        family(persons=(person(), wife(), son(labour_skill="001"))), service.uow(), service.checks
    )
    return next(event["error_id"] for event in outbox(FOUND) if event["rule"] == "D-12")


def answer(service, error_id, how, **given):
    day = service.clock().date()
    answer_error(AnswerError(error_id=error_id, how=how, on=day, **given), service.uow(), service.quality)


def test_rule_is_explained(service, broken, outbox):
    """An explanation closes the error for the county; the same error is not found again."""
    answer(service, broken, "explained", answer="寒假工，已入户核实")
    assert [(broken, "explained")] == [(event["error_id"], event["how"]) for event in outbox(FIXED)]
    with pytest.raises(DataErrorAnsweredError):
        answer(service, broken, "explained", answer="再次说明理由")


def test_rule_is_not_called_corrected_while_broken(service, broken, outbox):
    """Saying corrected without correcting is refused, and nothing is told."""
    with pytest.raises(RuleStillBrokenError):
        answer(service, broken, "corrected")
    assert [] == outbox(FIXED)


def test_explanation_needs_words(service, broken):
    """Three characters explain nothing."""
    with pytest.raises(ReasonMissingError):
        answer(service, broken, "explained", answer="没问题")


def test_stale_answer_is_refused(service, broken):
    """An answer from a page older than the error is refused."""
    with pytest.raises(StaleVersionError):
        answer(service, broken, "explained", answer="已入户核实无误", version=7)


@pytest.mark.parametrize(("how", "told"), [("corrected", "corrected"), ("rejected", "explained")])
def test_correction_is_asked_for_and_answered(service, household, outbox, how, told):
    """Somebody asks, the owner corrects or says why not; the county hears that it was answered."""
    error_id = ask_correction(
        AskCorrection(household_id=household, note="户主电话已换，请更正", on=DAY, by="u1"),
        service.uow(),
        service.quality,
    )
    answer(service, error_id, how, answer="已电话核对一致")
    (found,) = [event for event in outbox(FOUND) if event["origin"] == "person"]
    assert (error_id, told) == (found["error_id"], outbox(FIXED)[-1]["how"])
    assert "户主电话" not in str(outbox())


def test_list_from_above(service, household, outbox):
    """Each line about a known household becomes an error sent back; unknown numbers are named."""
    made, unknown = take_check_back(
        CheckBack([("H001", "人口数不一致"), ("X999", "查无此户")], DAY, "u1"), service.uow(), service.quality
    )
    assert (1, ["X999"]) == (len(made), unknown)
    assert ["check_back"] == [event["origin"] for event in outbox(FOUND) if event["error_id"] in made]
