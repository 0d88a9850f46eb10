"""Why a step that the state allows must wait all the same; one function per reason."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from services.monitoring.domain.case_errors import (
    AuthorisationGivenError,
    AuthorisationMissingError,
    ObjectionNotFoundError,
    StepNotPermittedError,
    StepTooEarlyError,
    VoteMissingError,
)
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import STEPS, Step, state_label
from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.publicity import Vote
from shared.kernel.errors import Refusal

if TYPE_CHECKING:
    from services.monitoring.domain.case import Case


def require_note(acting: Acting) -> None:
    """Refuse a step that must be explained and is not."""
    if not acting.note.strip():
        raise ReasonMissingError(least=1)


def require_day(first: date, acting: Acting) -> None:
    """Refuse a step dated before *first*."""
    if acting.on < first:
        raise StepTooEarlyError(first=first.isoformat())


def first_day(case: "Case", step: Step) -> date:
    """Return the first day *step* can have been taken on: each track goes on from its own last day."""
    track = STEPS[step].track
    if track == "comparison":
        return case.last_compared_on or case.last_step_on
    if track == "beside":
        decided = case.identified_on if step is Step.ASSIGN_HELPER else None
        return decided or case.opened_on
    return case.last_step_on


def require_vote(vote: Vote | None) -> Vote:
    """Return the vote; refuses a notice before the village has voted."""
    if vote is None:
        raise VoteMissingError
    return vote


def _authorised(case: "Case", _on: date) -> Refusal | None:
    return None if case.authorised else AuthorisationMissingError()


def _not_authorised(case: "Case", _on: date) -> Refusal | None:
    return AuthorisationGivenError() if case.authorised else None


def _no_vote_yet(case: "Case", _on: date) -> Refusal | None:
    return _not_now(case, Step.RECORD_VOTE) if case.vote else None


def _voted(case: "Case", _on: date) -> Refusal | None:
    return None if case.vote else VoteMissingError()


def _not_yet_helped_first(case: "Case", _on: date) -> Refusal | None:
    return _not_now(case, Step.HELP_FIRST) if case.help_first else None


def _has_objection(case: "Case", _on: date) -> Refusal | None:
    return None if case.notice and case.notice.open_objections else ObjectionNotFoundError()


def _hung_long_enough(case: "Case", on: date) -> Refusal | None:
    return case.notice.end_refusal(on) if case.notice else None


def _not_now(case: "Case", step: Step) -> Refusal:
    rule = STEPS[step]
    return StepNotPermittedError(
        state_zh=state_label(case.state),
        state_en=state_label(case.state, "en"),
        step_zh=rule.zh,
        step_en=rule.en,
    )


GUARDS: dict[Step, Callable[["Case", date], Refusal | None]] = {
    Step.SIGN_AUTHORISATION: _not_authorised,
    Step.REFUSE_AUTHORISATION: _not_authorised,
    Step.HELP_FIRST: _not_yet_helped_first,
    Step.SEND_FOR_COMPARISON: _authorised,
    Step.RECORD_VOTE: _no_vote_yet,
    Step.START_NOTICE: _voted,
    Step.RESOLVE_OBJECTION: _has_objection,
    Step.END_NOTICE: _hung_long_enough,
}
