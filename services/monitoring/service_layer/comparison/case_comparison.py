"""Departments are asked about a household in the procedure, each for its own data, and answer (3.5).

answer_case_comparison(
    AnswerCaseComparison(comparison_id=…, found=(Found(check="vehicle", note=…),), unit=…), uow)

They are asked when the case is sent for comparison (:func:`ask_departments`, in the same
transaction). A finding decides nothing: the county records what was found, and the
household is asked to explain it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from services.monitoring.domain.comparison.case_comparison import (
    CaseComparison,
    CheckAnswer,
    ComparisonAnswer,
    RequestState,
)
from services.monitoring.domain.comparison.errors import CaseComparisonClosedError, NotOursError
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id

_WHY_UNMASKED = "识别对象信息比对（农户已签承诺授权书）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding of one check: of which member (empty: of the household), and what (*note*)."""

    check: str
    person_id: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCaseComparison:
    """What *unit* found; a check that is not in *found* has no finding."""

    comparison_id: str
    found: tuple[Found, ...] = ()
    unit: str = ""
    by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmaskAsked:
    """The department asked needs the members' whole numbers to look them up; *by* is a login."""

    comparison_id: str
    by: str
    unit: str = ""


def answer_case_comparison(command: AnswerCaseComparison, uow: UnitOfWork) -> None:
    """Record a department's answer; empty *unit* is the county, which may answer for any."""
    with uow:
        one = uow.case_comparisons.get(command.comparison_id)
        expect_version(one, command.version)
        if command.unit and command.unit != one.department:
            raise NotOursError(department=one.department)
        found = {
            it.check: CheckAnswer(ComparisonAnswer.FOUND, it.person_id, it.note.strip())
            for it in command.found
        }
        one.answer(found, on=day_of(uow.clock()), by=command.by)
        uow.case_comparisons.save(one)
        uow.commit()


def unmask_asked(command: UnmaskAsked, uow: UnitOfWork) -> None:
    """Keep that *by* sees the numbers of everybody asked about, and why; refuses once it is answered.

    The household has signed the authorisation before it is sent for comparison.
    """
    with uow:
        one = uow.case_comparisons.get(command.comparison_id)
        if command.unit and command.unit != one.department:
            raise NotOursError(department=one.department)
        if one.state is not RequestState.ASKED:
            raise CaseComparisonClosedError
        for member in uow.households.get(one.household_id).present:
            uow.unmaskings.add(
                id_=uow.ids(),
                household_id=one.household_id,
                person_id=member.id,
                reason=_WHY_UNMASKED,
                by=command.by,
                at=uow.clock(),
            )
        uow.commit()


def ask_departments(case_ids: Collection[str], uow: UnitOfWork, policy: ComparisonPolicy) -> None:
    """Ask every owner of data about each of the cases; whom was asked in this round stays as it is."""
    on = day_of(uow.clock())
    due_on, confirmed = policy.due(policy.check_days, on)
    departments = policy.checks_by_department(on)
    asked = [
        CaseComparison(
            id=derived_id("case_comparison", case_id, str(round_), department),
            case_id=case_id,
            household_id=household_id,
            area_code=area_code,
            department=department,
            round=round_,
            checks=checks,
            persons=persons,
            asked_on=on,
            due_on=due_on,
            limit_confirmed=confirmed,
        )
        for case_id, household_id, area_code, round_, persons in uow.case_comparisons.sent(case_ids)
        for department, checks in departments.items()
    ]
    for one in asked:
        one.ask()
    uow.case_comparisons.add(asked)


def withdraw_requests(case_ids: Collection[str], uow: UnitOfWork) -> None:
    """Close what departments were asked and have not answered: the comparison went on without them."""
    on = day_of(uow.clock())
    for one in uow.case_comparisons.open_of(case_ids):
        one.withdraw(on=on)
        uow.case_comparisons.save(one)
