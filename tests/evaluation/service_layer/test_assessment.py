from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.assessment import Stage
from services.evaluation.domain.assessment_errors import (
    AppealPeriodRunningError,
    AssessmentStepError,
    OpenAppealsError,
    UnknownVersionError,
)
from services.evaluation.domain.errors import DayNotReachedError, UnknownAssessmentError, YearAssessedError
from services.evaluation.service_layer.appeal import (
    FileAppeal,
    RejectAppeal,
    file_appeal,
    reject_appeal,
)
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    PublishAssessment,
    draft_assessment,
    finalise_assessment,
    publish_assessment,
    redraft_assessment,
    reopen_assessment,
    revise_assessment,
    show_assessment,
)
from shared.kernel.clock import at_hour
from shared.kernel.errors import StaleVersionError
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)
TOWN = "610327109"


@pytest.fixture(name="drafted")
def _drafted(service, tell_year):
    tell_year(service)
    return draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)


def kept(service, assessment_id):
    with service.uow() as uow:
        return uow.assessments.get(assessment_id)


def version(service, assessment_id, number=1):
    with service.uow() as uow:
        return uow.assessments.version(assessment_id, number)


def take(service, step, assessment_id, **more):
    return step(NextVersion(assessment_id, **more), service.uow(), service.scores)


def later(service, days):
    service.clock.set(at_hour(TODAY + timedelta(days=days), 12))


def brought_to_final(service, assessment_id):
    take(service, show_assessment, assessment_id)
    until = kept(service, assessment_id).appeals_until
    service.clock.set(at_hour(until + timedelta(days=1), 12))
    take(service, finalise_assessment, assessment_id)


def told(service, fact):
    return [one.envelope.data for one in service.reads.search(JournalSearch(fact=fact), limit=50)]


def test_what_is_frozen_is_the_board_of_the_day(service, drafted):
    """Totals, lines, rules and digest are kept as they were."""
    first = version(service, drafted)
    board = service.scores.board(DAY, TODAY)
    assert {unit["unit"]: unit["total"] for unit in first.board["towns"]} == {
        score.unit.id: str(score.total) if score.total is not None else None for score in board.towns
    }
    assert len(list(board.lines())) == len(first.lines)
    assert dict(service.rulebook.files) == first.rules


def test_later_events_do_not_change_it(service, drafted, tell):
    """A version stays what it was when the journal goes on; the next one says what changed."""
    before = version(service, drafted)
    tell(service, sealed(Year(9).events, seed="later"))
    assert 2 == take(service, redraft_assessment, drafted, reason="补录")
    assert before == version(service, drafted)
    second = version(service, drafted, 2)
    assert second.digest != before.digest
    assert second.difference["units"]
    assert ("补录", Stage.DRAFT, 1) == (second.reason, second.stage, second.difference["from_number"])


def test_the_database_refuses_to_change_a_version(service, drafted):
    """Nothing overwrites or removes a version, whoever writes."""
    for statement in ("UPDATE assessment_version SET digest = 'x'", "DELETE FROM assessment_version"):
        with service.engine.connect() as connection, pytest.raises(DatabaseError):
            connection.execute(text(statement))
    assert version(service, drafted).digest


def test_the_same_score_has_the_same_digest(service, drafted):
    """Drafting again without new events freezes the same content, and explains no difference."""
    take(service, redraft_assessment, drafted)
    assert version(service, drafted).digest == version(service, drafted, 2).digest
    assert [] == version(service, drafted, 2).difference["units"]


def test_what_was_not_seen_is_not_published(service, drafted):
    """A result that was reopened since the page was read is refused as stale, and nothing is told."""
    take(service, show_assessment, drafted)
    later(service, 4)
    take(service, finalise_assessment, drafted)
    seen = kept(service, drafted).version
    with pytest.raises(StaleVersionError):
        publish_assessment(PublishAssessment(drafted, seen - 1), service.uow())
    assert [] == told(service, "evaluation.assessment_published")
    publish_assessment(PublishAssessment(drafted, seen), service.uow())
    assert 1 == len(told(service, "evaluation.assessment_published"))


def test_every_step_is_a_version_of_its_own(service, drafted):
    """Draft, preliminary, revised, final: four versions; publishing publishes the fourth."""
    take(service, show_assessment, drafted)
    take(service, revise_assessment, drafted)
    later(service, 4)
    take(service, finalise_assessment, drafted)
    publish_assessment(PublishAssessment(drafted), service.uow())
    stages = [one.stage for one in service.reads.versions(drafted)]
    assert [Stage.FINAL, Stage.PRELIMINARY, Stage.PRELIMINARY, Stage.DRAFT] == stages
    assert (Stage.PUBLISHED, 4) == (kept(service, drafted).stage, kept(service, drafted).number)
    (event,) = told(service, "evaluation.assessment_published")
    assert (4, version(service, drafted, 4).digest) == (event["number"], event["digest"])


def test_showing_is_told_once(service, drafted):
    """The units are told when it is shown, not again when it is revised."""
    take(service, show_assessment, drafted)
    take(service, revise_assessment, drafted)
    (event,) = told(service, "evaluation.assessment_shown")
    assert (2, (TODAY + timedelta(days=3)).isoformat()) == (event["number"], event["appeals_until"])


def test_the_period_for_appeals_is_kept(service, drafted):
    """On its last day the result cannot be final, on the next it can."""
    take(service, show_assessment, drafted)
    later(service, 3)
    with pytest.raises(AppealPeriodRunningError):
        take(service, finalise_assessment, drafted)
    later(service, 4)
    assert 3 == take(service, finalise_assessment, drafted)


def test_an_open_appeal_blocks_final(service, drafted):
    """Undecided, an appeal keeps the result preliminary and its point listed as frozen; decided, no more."""
    take(service, show_assessment, drafted)
    appeal_id = file_appeal(FileAppeal(drafted, TOWN, "I01-1", "漏计"), service.uow())
    later(service, 10)
    with pytest.raises(OpenAppealsError):
        take(service, finalise_assessment, drafted)
    take(service, revise_assessment, drafted)
    frozen = {"appeal_id": appeal_id, "unit": TOWN, "indicator": "I01-1"}
    assert (frozen,) == version(service, drafted, 3).frozen
    reject_appeal(RejectAppeal(appeal_id, "无依据"), service.uow())
    take(service, finalise_assessment, drafted)
    final = version(service, drafted, 4)
    assert ((), "rejected") == (final.frozen, final.rulings[0]["outcome"])


def test_publishing_twice(service, drafted):
    """The second time is refused and tells nobody anything."""
    brought_to_final(service, drafted)
    publish_assessment(PublishAssessment(drafted), service.uow())
    with pytest.raises(AssessmentStepError):
        publish_assessment(PublishAssessment(drafted), service.uow())
    assert 1 == len(told(service, "evaluation.assessment_published"))


def test_a_draft_is_not_published(service, drafted):
    """Nobody publishes what the units have not seen."""
    with pytest.raises(AssessmentStepError):
        publish_assessment(PublishAssessment(drafted), service.uow())


def test_a_published_result_is_corrected_by_a_new_round(service, drafted):
    """It is shown again for a reason and published again; what was published stays as a version."""
    brought_to_final(service, drafted)
    publish_assessment(PublishAssessment(drafted), service.uow())
    before = version(service, drafted, 3)
    take(service, reopen_assessment, drafted, reason="省级复核")
    assert (Stage.PRELIMINARY, None) == (kept(service, drafted).stage, kept(service, drafted).published_on)
    assert (before, "省级复核") == (version(service, drafted, 3), version(service, drafted, 4).reason)


def test_somebody_else_was_first(service, drafted):
    """A step on a record that has moved on is refused."""
    take(service, redraft_assessment, drafted)
    with pytest.raises(StaleVersionError):
        take(service, show_assessment, drafted, version=1)
    assert 2 == kept(service, drafted).number


def test_a_day_to_come(service, drafted):
    """Nothing is assessed or known before its day."""
    with pytest.raises(DayNotReachedError):
        draft_assessment(DraftAssessment(date(2023, 2, 1)), service.uow(), service.scores)
    with pytest.raises(DayNotReachedError):
        take(service, redraft_assessment, drafted, known_at=date(2023, 2, 1))


def test_unknown_assessment(service, drafted):
    """What was never drafted can't be published, and a version that was not made can't be read."""
    with pytest.raises(UnknownAssessmentError):
        publish_assessment(PublishAssessment("nothing"), service.uow())
    with pytest.raises(UnknownVersionError):
        version(service, drafted, 2)


def test_a_year_has_one_result(service, drafted):
    """A second result of the same day is refused; one as of a later day takes its place."""
    early = draft_assessment(DraftAssessment(date(2022, 6, 30)), service.uow(), service.scores)
    brought_to_final(service, early)
    publish_assessment(PublishAssessment(early), service.uow())
    brought_to_final(service, drafted)
    publish_assessment(PublishAssessment(drafted), service.uow())
    again = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    brought_to_final(service, again)
    with pytest.raises(YearAssessedError):
        publish_assessment(PublishAssessment(again), service.uow())
    assert Stage.FINAL is kept(service, again).stage
