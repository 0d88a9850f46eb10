import pytest

from services.monitoring.domain.case_errors import VoteMissingError
from services.monitoring.domain.case_guards import GUARDS, require_note, require_vote
from services.monitoring.domain.case_steps import STEPS, Step
from services.monitoring.domain.errors import ReasonMissingError
from tests.monitoring.case_kit import DAY, a_vote, acting, in_publicity, in_review, opened


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_a_reason_of_blanks(note):
    """Blanks are no reason."""
    with pytest.raises(ReasonMissingError):
        require_note(acting(note=note))


def test_the_vote_is_needed():
    """Without a vote there is nothing to publish; with one it is given back."""
    with pytest.raises(VoteMissingError):
        require_vote(None)
    assert a_vote() == require_vote(a_vote())


def test_every_guard_belongs_to_a_step():
    """No guard is kept for a step people do not take."""
    assert set(GUARDS) <= set(STEPS)


@pytest.mark.parametrize(
    ("step", "build", "code"),
    [
        (Step.SEND_FOR_COMPARISON, opened, "authorisation_missing"),
        (Step.START_NOTICE, in_review, "vote_missing"),
        (Step.RESOLVE_OBJECTION, in_publicity, "objection_not_found"),
        (Step.END_NOTICE, in_publicity, "notice_too_short"),
    ],
)
def test_what_each_waits_for(step, build, code):
    """A guard says by its own code what is still missing."""
    refusal = build().refusal(step, DAY)
    assert refusal is not None
    assert code == refusal.code
