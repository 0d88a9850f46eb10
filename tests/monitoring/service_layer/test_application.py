"""Applications and answers through the commands."""

from datetime import date

import pytest

from services.monitoring.domain.application import Counts
from services.monitoring.domain.screening_errors import NoAnswerDueError
from services.monitoring.service_layer.application import (
    AnswerInformant,
    FileApplication,
    answer_informant,
    file_application,
)
from services.monitoring.service_layer.case import RefuseAuthorisation, refuse_authorisation
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue

DAY = date(2022, 7, 1)


def applied(service, household):
    command = FileApplication(
        household_id=household, risk="100A27001", on=DAY, counts=Counts(members=3), difficulties=("003",)
    )
    return file_application(command, service.uow(), service.clue_policy)


def verified(service, clue_id, outcome="no_risk"):
    return verify_clue(VerifyClue(clue_id=clue_id, outcome=outcome, on=DAY), service.uow())


def answer(service, clue_id):
    command = AnswerInformant(clue_id=clue_id, way="telephone", on=DAY, note="经核实医保已报销")
    answer_informant(command, service.uow())


def due(service, clue_id):
    with service.uow() as uow:
        return uow.informant_answers.is_due(clue_id)


def test_an_application_is_a_clue(service, household, outbox):
    """The household's form becomes a clue of its own report, and tells nothing that is written on it."""
    applied(service, household)
    (told,) = outbox("monitoring.clue_reported.v1")
    assert ("03", "100A27001") == (told["source"], told["risk"])
    assert not {"difficulties", "supplement", "income_fen"} & set(told)


def test_who_reported_is_answered(service, household):
    """An answer is due once the clue is closed without help, and once only."""
    clue_id = applied(service, household)
    assert not due(service, clue_id)
    with pytest.raises(NoAnswerDueError):
        answer(service, clue_id)
    verified(service, clue_id)
    assert due(service, clue_id)
    answer(service, clue_id)
    assert not due(service, clue_id)
    with pytest.raises(NoAnswerDueError):
        answer(service, clue_id)


@pytest.mark.parametrize(("source", "expected"), [("01", False), ("02", False), ("07", True), ("08", True)])
def test_who_waits_for_an_answer(service, household, source, expected):
    """Petitions, hotlines and media wait for an answer; our own cadres and departments do not."""
    command = ReportClue(household_id=household, risk="100A27001", source=source, on=DAY)
    clue_id = report_clue(command, service.uow(), service.clue_policy)
    verified(service, clue_id)
    assert expected is due(service, clue_id)


def test_a_case_that_ended_is_answered_too(service, household):
    """A risk that became a case is answered when the case ends without identification, not before."""
    clue_id = applied(service, household)
    case_id = verified(service, clue_id, "risk")
    assert not due(service, clue_id)
    refuse_authorisation(RefuseAuthorisation(case_id=case_id), service.uow())
    assert due(service, clue_id)
