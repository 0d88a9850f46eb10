"""The steps of identification from the authorisation to the town's review; one command each.

Every command is keyword-only and takes besides the fields shown ``on`` (day,
default today), ``by`` (account id), ``note`` and ``version`` (see ``acting.py``)::

    sign_authorisation(SignAuthorisation(case_id=…), uow)
    refuse_authorisation(RefuseAuthorisation(case_id=…), uow)               -> closed
    put_help_first(PutHelpFirst(case_id=…, note=…), uow)                    green channel
    send_for_comparison(SendForComparison(case_id=…), uow)                  both tracks start
    record_comparison(RecordComparison(case_id=…, hits=("vehicle",)), uow, policy)
    explain(Explain(case_id=…, accepted=True, note=…), uow)
    record_vote(RecordVote(case_id=…, agree=…, disagree=…, abstain=…), uow)
    start_notice(StartNotice(case_id=…), uow, policy)                       text is generated
    raise_objection(RaiseObjection(case_id=…, note=…), uow)                 -> its number
    resolve_objection(ResolveObjection(case_id=…, number=1, upheld=False, note=…), uow)
    end_notice(EndNotice(case_id=…), uow)                                   from start + 5 days
    town_review(TownReview(case_id=…, passed=True), uow)

What follows is in ``case_decision.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import UnknownCheckError
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_guards import require_vote
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.household import Household
from services.monitoring.domain.notice_text import IDENTIFICATION, notice_text
from services.monitoring.domain.publicity import HALF, Notice, Vote
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.case_end import withdraw_when_ended
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.areas import areas
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommand(StepCommand):
    """A step of one case."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAuthorisation(CaseCommand):
    """The household signed the 承诺授权书."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAuthorisation(CaseCommand):
    """The household will not be looked into: the case is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutHelpFirst(CaseCommand):
    """Green channel: measures may be planned before the procedure is complete; *note* says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendForComparison(CaseCommand):
    """The list goes to the departments, and the village's review begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordComparison(CaseCommand):
    """*hits* are keys of ``policy/comparison.yaml``; without any the comparison is passed."""

    hits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(CaseCommand):
    """The household's explanation (*note*) of what the comparison found; not *accepted* rejects the case."""

    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVote(CaseCommand):
    """*present* is how many attended, 0 where nobody counted."""

    agree: int
    disagree: int = 0
    abstain: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StartNotice(CaseCommand):
    """Put up the notice, with the generated text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseObjection(CaseCommand):
    """Somebody objects; *note* says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveObjection(CaseCommand):
    """*upheld* rejects the case; *note* says why either way."""

    number: int
    upheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNotice(CaseCommand):
    """Take the notice down after its full days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TownReview(CaseCommand):
    """The town passes the case on, or returns it to the village (*note* says why)."""

    passed: bool


def sign_authorisation(command: SignAuthorisation, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.sign_authorisation)


def refuse_authorisation(command: RefuseAuthorisation, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.refuse_authorisation)


def put_help_first(command: PutHelpFirst, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.put_help_first)


def send_for_comparison(command: SendForComparison, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.send_for_comparison)


def record_comparison(command: RecordComparison, uow: UnitOfWork, policy: CasePolicy) -> None:
    """Record what the departments found; refuses a check the policy does not know."""
    for check in command.hits:
        if check not in policy.checks:
            raise UnknownCheckError(check=check[:32])
    take_step(command, uow, lambda case, acting: case.record_comparison(command.hits, acting))


def explain(command: Explain, uow: UnitOfWork) -> None:
    take_step(command, uow, lambda case, acting: case.explain(acting, accepted=command.accepted))


def record_vote(command: RecordVote, uow: UnitOfWork, policy: CasePolicy | None = None) -> None:
    """Record the vote; it passes by the share in force that day, by a plain majority without *policy*."""

    def vote(case: Case, acting: Acting) -> None:
        share = policy.limits.vote_share.on(acting.on) if policy is not None else HALF
        votes = (command.agree, command.disagree, command.abstain)
        case.record_vote(Vote(*votes, acting.on, present=command.present, share=share), acting)

    take_step(command, uow, vote)


def start_notice(command: StartNotice, uow: UnitOfWork, policy: CasePolicy) -> None:
    """Put up the notice; its text is kept as it hung."""
    with uow:
        case = uow.cases.get(command.case_id)
        expect_version(case, command.version)
        acting = acting_of(command, uow.clock)
        days = policy.limits.notice_days.on(acting.on)
        household = uow.households.get(case.household_id)
        notice = hung_notice(IDENTIFICATION, household, require_vote(case.vote), acting, days)
        case.start_notice(notice, acting)
        uow.cases.save(case)
        uow.commit()


def raise_objection(command: RaiseObjection, uow: UnitOfWork) -> int:
    """Record an objection and return its number."""
    numbers: list[int] = []
    take_step(command, uow, lambda case, acting: numbers.append(case.raise_objection(acting)))
    return numbers[0]


def resolve_objection(command: ResolveObjection, uow: UnitOfWork) -> None:
    def resolve(case: Case, acting: Acting) -> None:
        case.resolve_objection(command.number, acting, upheld=command.upheld)

    take_step(command, uow, resolve)


def end_notice(command: EndNotice, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.end_notice)


def town_review(command: TownReview, uow: UnitOfWork) -> None:
    take_step(command, uow, lambda case, acting: case.town_review(acting, passed=command.passed))


def take_step(command: CaseCommand, uow: UnitOfWork, act: Callable[[Case, Acting], None]) -> None:
    """Let the case take one step, in one transaction."""
    with uow:
        case = uow.cases.get(command.case_id)
        expect_version(case, command.version)
        acting = acting_of(command, uow.clock)
        act(case, acting)
        uow.cases.save(case)
        withdraw_when_ended(case, acting, uow)
        uow.commit()


def hung_notice(
    subject: tuple[str, str], household: Household, vote: Vote, acting: Acting, days: int
) -> Notice:
    """Return the notice on a household with its text; shows the head's name, the village, and the vote."""
    head = household.head
    text = notice_text(
        subject,
        village=areas().full_name(household.area_code),
        head=head.name if head else "",
        persons=len(household.present),
        vote=vote,
        days=(acting.on, add_days(acting.on, days)),
    )
    return Notice(acting.on, days, text_zh=text.zh, text_en=text.en)
