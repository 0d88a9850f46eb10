"""Escalations by the sweep: from which day, once each, ended with their matter."""

from datetime import date

import pytest

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.screening_errors import EscalationClosedError
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.escalation import AnswerEscalation, answer_escalation, escalate
from tests.monitoring.case_kit import move

REPORTED = date(2022, 7, 1)


@pytest.fixture
def clue_id(service, household):
    """A clue of 1 July, to be checked by the 4th."""
    command = ReportClue(household_id=household, risk="100A27001", source="01", on=REPORTED)
    return report_clue(command, service.uow(), service.clue_policy)


def escalations(service):
    with service.uow() as uow:
        query = "SELECT level, answered_on, ended_on, id FROM escalations ORDER BY level DESC"
        return [tuple(row) for row in uow.connection.exec_driver_sql(query)]


@pytest.mark.parametrize(
    ("day", "levels"),
    [(4, []), (6, []), (7, ["town"]), (8, ["town"]), (10, ["town"]), (11, ["town", "county"])],
)
def test_from_which_day(service, clock, clue_id, day, levels):
    """Due on the 4th: the town is told on the 7th, the county on the 11th."""
    move(clock, date(2022, 7, day))
    service.sweep()
    assert levels == [row[0] for row in escalations(service)]


def test_told_once(service, clock, clue_id):
    """However often the clock sweeps, each level is told once."""
    for day in (12, 12, 13):
        move(clock, date(2022, 7, day))
        service.sweep()
        assert ["town", "county"] == [row[0] for row in escalations(service)]


def test_it_ends_with_its_matter(service, clock, clue_id):
    """Once the clue is checked nobody needs to be told any more."""
    move(clock, date(2022, 7, 7))
    service.sweep()
    verify_clue(VerifyClue(clue_id=clue_id, outcome="no_risk", on=date(2022, 7, 7)), service.uow())
    service.sweep()
    ((_level, answered, ended, _id),) = escalations(service)
    assert (None, "2022-07-07") == (answered, str(ended))


def test_answered(service, clock, clue_id):
    """What was done is recorded with words, once; the next level is told all the same."""
    move(clock, date(2022, 7, 7))
    service.sweep()
    id_ = escalations(service)[0][3]
    with pytest.raises(ReasonMissingError):
        answer_escalation(AnswerEscalation(escalation_id=id_, note=""), service.uow())
    answer_escalation(AnswerEscalation(escalation_id=id_, note="已派人入户"), service.uow())
    with pytest.raises(EscalationClosedError):
        answer_escalation(AnswerEscalation(escalation_id=id_, note="已派人入户"), service.uow())
    move(clock, date(2022, 7, 11))
    service.sweep()
    assert [("town", True), ("county", False)] == [
        (row[0], row[1] is not None) for row in escalations(service)
    ]


def test_nothing_late_changes_nothing(service):
    """Where nothing runs nothing is told."""
    assert 0 == escalate([], service.uow(), service.screening_policy)
