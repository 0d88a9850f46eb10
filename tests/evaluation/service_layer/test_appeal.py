from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.appeal import AppealState
from services.evaluation.domain.assessment_errors import (
    AppealStepError,
    NotOpenToAppealError,
    NotOwnPointError,
    PointUnderAppealError,
    UnknownAppealError,
    WrongCorrectionError,
)
from services.evaluation.domain.errors import UnknownScoreError
from services.evaluation.service_layer.appeal import (
    AcceptAppeal,
    FileAppeal,
    RejectAppeal,
    UpholdAppeal,
    WithdrawAppeal,
    accept_appeal,
    file_appeal,
    reject_appeal,
    uphold_appeal,
    withdraw_appeal,
)
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    draft_assessment,
    revise_assessment,
    show_assessment,
)
from shared.kernel.clock import at_hour
from shared.kernel.errors import StaleVersionError
from tests.evaluation.copies import become, copied
from tests.evaluation.samples import TODAY

DAY, TOWN, POINT = date(2022, 12, 31), "610327109", "I01-1"


@pytest.fixture(name="shown_once", scope="module")
def _shown_once(told_year, tmp_path_factory):
    """The file in which the year's assessment was drafted and shown, and its id."""
    ids = []

    def show(service):
        ids.append(draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores))
        show_assessment(NextVersion(ids[0]), service.uow(), service.scores)

    return copied(told_year, tmp_path_factory.mktemp("shown") / "shown.db", show, ids="shown"), ids[0]


@pytest.fixture(name="shown")
def _shown(service, shown_once):
    file, assessment_id = shown_once
    become(service, file)
    service.clock.set(at_hour(TODAY, 13))
    return assessment_id


@pytest.fixture(name="filed")
def _filed(service, shown):
    return file_appeal(FileAppeal(shown, TOWN, POINT, "漏计一户", "台账第3页"), service.uow())


def kept(service, appeal_id):
    with service.uow() as uow:
        return uow.appeals.get(appeal_id)


def told(service, fact):
    return [one.envelope.data for one in service.reads.search(JournalSearch(fact=fact), limit=50)]


def uphold(service, appeal_id, kind, **more):
    command = UpholdAppeal(appeal_id, kind, "经核属实", **more)
    return uphold_appeal(command, service.uow(), service.scores)


def next_version(service, assessment_id):
    number = revise_assessment(NextVersion(assessment_id), service.uow(), service.scores)
    with service.uow() as uow:
        return uow.assessments.version(assessment_id, number)


def test_filing_is_told_without_the_reason(service, filed):
    """The event names the point and the version, and has none of the unit's words."""
    (event,) = told(service, "evaluation.appeal_filed")
    assert (filed, TOWN, POINT, 2) == tuple(
        event[name] for name in ("appeal_id", "unit", "indicator", "number")
    )
    assert "漏计" not in str(event)
    assert ("漏计一户", "台账第3页") == (kept(service, filed).reason, kept(service, filed).evidence)


def test_one_appeal_at_a_time(service, shown, filed):
    """A point under appeal is frozen; withdrawn, it may be appealed against again."""
    with pytest.raises(PointUnderAppealError):
        file_appeal(FileAppeal(shown, TOWN, POINT, "再诉"), service.uow())
    withdraw_appeal(WithdrawAppeal(filed, TOWN), service.uow())
    assert file_appeal(FileAppeal(shown, TOWN, POINT, "再诉"), service.uow())
    assert 1 == len(told(service, "evaluation.appeal_withdrawn"))


def test_only_what_is_there_and_shown(service, shown):
    """No appeal against a line the unit does not have, nor against a draft."""
    with pytest.raises(UnknownScoreError):
        file_appeal(FileAppeal(shown, TOWN, "I99-9", "无"), service.uow())
    draft = draft_assessment(DraftAssessment(DAY, TODAY), service.uow(), service.scores)
    with pytest.raises(NotOpenToAppealError):
        file_appeal(FileAppeal(draft, TOWN, POINT, "无"), service.uow())
    assert [] == told(service, "evaluation.appeal_filed")


def test_nobody_withdraws_for_another(service, filed):
    """Only the unit that filed it may let go of an appeal."""
    with pytest.raises(NotOwnPointError):
        withdraw_appeal(WithdrawAppeal(filed, "610327112"), service.uow())
    assert AppealState.FILED is kept(service, filed).state


def test_a_ruling_needs_a_review(service, filed):
    """Upheld only after it was taken up; rejected also at once."""
    with pytest.raises(AppealStepError):
        uphold(service, filed, "case_counted", numerator="1")
    reject_appeal(RejectAppeal(filed, "无依据"), service.uow())
    (event,) = told(service, "evaluation.appeal_decided")
    assert ("rejected", "") == (event["outcome"], event["correction_id"])
    assert [] == told(service, "evaluation.score_corrected")


@pytest.mark.parametrize("numbers", [{}, {"numerator": "1"}, {"numerator": "5", "denominator": "2"}])
def test_an_appeal_that_was_won_never_loses_the_point(service, filed, numbers):
    """Nothing filled in, or more than there is: refused, and the appeal waits for its ruling."""
    accept_appeal(AcceptAppeal(filed), service.uow())
    with pytest.raises(WrongCorrectionError):
        uphold(service, filed, "value_replaced", **numbers)
    assert AppealState.UNDER_REVIEW is kept(service, filed).state
    assert [] == told(service, "evaluation.score_corrected")


def test_what_was_ruled_counts_in_the_next_version(service, shown, filed):
    """The correction cites the appeal, the next version counts it, cites both, and says what it did."""
    accept_appeal(AcceptAppeal(filed), service.uow())
    correction_id = uphold(service, filed, "value_replaced", numerator="1", denominator="2")
    (event,) = told(service, "evaluation.score_corrected")
    assert (filed, correction_id, DAY.isoformat()) == (
        event["appeal_id"],
        event["correction_id"],
        event["occurred_on"],
    )
    version = next_version(service, shown)
    line = next(one for one in version.lines if (one["unit"], one["indicator"]) == (TOWN, POINT))
    assert ("1", "2", 1) == (line["numerator"], line["denominator"], line["event_count"])
    (ruling,) = version.rulings
    assert (filed, correction_id, "upheld") == tuple(
        ruling[name] for name in ("appeal_id", "correction_id", "outcome")
    )
    unit = next(one for one in version.difference["units"] if one["unit"] == TOWN)
    changed = next(one for one in unit["lines"] if one["indicator"] == POINT)
    (named,) = changed["events_added"]["first"]
    assert "evaluation.score_corrected" == service.reads.event(named).fact
    assert Fraction(unit["change"]) == sum(
        Fraction(one["effect"]) for one in (*unit["lines"], *unit["parts"])
    )


def test_a_discounted_event_changes_all_that_rests_on_it(service, shown, filed):
    """A listed event that does not count is out of the town's line and of every line that adds it up."""
    accept_appeal(AcceptAppeal(filed), service.uow())
    before = service.scores.board(DAY, TODAY)
    event = before.unit(TOWN).line(POINT).evidence[0]
    resting = {(line.unit.id, line.indicator.id) for line in before.lines() if event in line.evidence}
    uphold(service, filed, "event_discounted", event_id=event)
    after = service.scores.board(DAY, TODAY)
    assert (TOWN, POINT) in resting
    for line in after.lines():
        assert event not in line.evidence
    version = next_version(service, shown)
    changed = {
        (unit["unit"], line["indicator"])
        for unit in version.difference["units"]
        for line in unit["lines"]
        if line["events_gone"]["count"]
    }
    assert changed <= resting
    assert changed


def test_a_discounted_event_must_be_listed(service, filed):
    """An event that is not behind the point cannot be discounted, and nothing is decided."""
    accept_appeal(AcceptAppeal(filed), service.uow())
    for event_id in ("", "nothing", service.reads.search(JournalSearch(), limit=1)[0].id):
        with pytest.raises(WrongCorrectionError):
            uphold(service, filed, "event_discounted", event_id=event_id)
    assert AppealState.UNDER_REVIEW is kept(service, filed).state


def test_a_fact_after_the_day_that_is_judged(service, filed):
    """What happened later does not count for the year."""
    accept_appeal(AcceptAppeal(filed), service.uow())
    with pytest.raises(WrongCorrectionError):
        uphold(service, filed, "case_counted", numerator="1", day=date(2023, 1, 1))


def test_somebody_else_was_first(service, filed):
    """A step on an appeal that has moved on is refused; what was never filed is not found."""
    accept_appeal(AcceptAppeal(filed, version=1), service.uow())
    with pytest.raises(StaleVersionError):
        reject_appeal(RejectAppeal(filed, "迟了", version=1), service.uow())
    with pytest.raises(UnknownAppealError):
        accept_appeal(AcceptAppeal("nothing"), service.uow())
