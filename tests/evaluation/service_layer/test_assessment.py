from datetime import date

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import (
    AssessmentPublishedError,
    DayNotReachedError,
    UnknownAssessmentError,
    YearAssessedError,
)
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    PublishAssessment,
    draft_assessment,
    publish_assessment,
)
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="drafted")
def _drafted(service, tell):
    tell(service, sealed(Year(4).events))
    return draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)


def kept(service, assessment_id):
    with service.uow() as uow:
        return uow.assessments.get(assessment_id)


def test_what_is_frozen_is_the_board_of_the_day(service, drafted):
    """Totals, lines, rules and digest are kept as they were."""
    assessment = kept(service, drafted)
    board = service.scores.board(DAY, TODAY)
    assert {unit["unit"]: unit["total"] for unit in assessment.board["towns"]} == {
        score.unit.id: str(score.total) if score.total is not None else None for score in board.towns
    }
    assert len(list(board.lines())) == len(assessment.lines)
    assert dict(service.rulebook.files) == assessment.rules


def test_later_events_do_not_change_it(service, drafted, tell):
    """A frozen assessment stays what it was when the journal goes on."""
    before = kept(service, drafted)
    tell(service, sealed(Year(9).events, seed="later"))
    assert before == kept(service, drafted)


def test_the_same_score_has_the_same_digest(service, drafted):
    """Drafting again without new events freezes the same content under another id."""
    again = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    assert drafted != again
    assert kept(service, drafted).digest == kept(service, again).digest


def test_publishing_tells_the_county(service, drafted):
    """A published assessment is an event with its digest."""
    publish_assessment(PublishAssessment(drafted), service.uow())
    (event,) = [
        entry
        for entry in service.reads.search(JournalSearch(), limit=1000)
        if entry.fact == "evaluation.assessment_published"
    ]
    assert kept(service, drafted).digest == event.envelope.data["digest"]
    assert TODAY == kept(service, drafted).published_on


def test_publishing_twice(service, drafted):
    """The second time is refused and tells nobody anything."""
    publish_assessment(PublishAssessment(drafted), service.uow())
    with pytest.raises(AssessmentPublishedError):
        publish_assessment(PublishAssessment(drafted), service.uow())
    assert 1 == sum(
        entry.fact == "evaluation.assessment_published"
        for entry in service.reads.search(JournalSearch(), limit=1000)
    )


def test_a_day_to_come(service):
    """Nothing is assessed before its day."""
    with pytest.raises(DayNotReachedError):
        draft_assessment(DraftAssessment(date(2023, 2, 1)), service.uow(), service.scores)


def test_unknown_assessment(service):
    """What was never drafted can't be published."""
    with pytest.raises(UnknownAssessmentError):
        publish_assessment(PublishAssessment("nothing"), service.uow())


def test_a_year_has_one_result(service, drafted):
    """A second result of the same day is refused; one as of a later day takes its place."""
    early = draft_assessment(DraftAssessment(date(2022, 6, 30)), service.uow(), service.scores)
    publish_assessment(PublishAssessment(early), service.uow())
    publish_assessment(PublishAssessment(drafted), service.uow())
    again = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    before = kept(service, again)
    with pytest.raises(YearAssessedError):
        publish_assessment(PublishAssessment(again), service.uow())
    assert before == kept(service, again)
