"""Commands on student aid: found for a whole term, paid in batches, withdrawn one by one.

::

    generate_student_aid(GenerateStudentAid(term="20222", on=…), uow, policy.aid)   -> int new
    pay_student_aid(PayStudentAid(term="20222", on=…, kind="yulu"), uow)            -> int paid
    withdraw_student_aid(WithdrawStudentAid(aid_id=…, reason="left_school", on=…), uow)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.education.student_aid import KINDS, AidPolicy, StudentAid, entitlements
from services.monitoring.domain.education.term import Term
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.guaranteeing import AT_ONCE, answer_measures, parts
from services.monitoring.service_layer.ports import UnitOfWork

MEASURES = {"yulu": ("100A47-001",), "aid": ("100A47-003", "100A46-003")}
_COMPULSORY = ("003", "004", "005", "006")


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateStudentAid:
    """Find everybody entitled to aid for *term* inside *area_code*; again, only who is new is added."""

    term: str
    on: date
    area_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayStudentAid:
    """Pay what is still due of *term*, of one *kind* or both, inside *area_code*; or only *aid_ids*."""

    term: str
    on: date
    kind: str = ""
    area_code: str = ""
    aid_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStudentAid:
    """The pupil is not entitled after all; *reason* is a code of ``aid_withdrawal``."""

    aid_id: str
    reason: str
    on: date
    note: str = field(default="", repr=False)
    version: int | None = None


def generate_student_aid(command: GenerateStudentAid, uow: UnitOfWork, policy: AidPolicy) -> int:
    """Return how many entitlements are new; in transactions of a bounded size, so that it can be repeated."""
    term = Term.parse(command.term)
    on = not_after_today(command.on, uow.clock)
    grades = {grade for kind in KINDS for grade in policy.amounts(kind).on(term.first_day)}
    with uow:
        pupils = uow.people.pupils(grades, command.area_code)
    new = 0
    for part in parts(pupils):
        with uow:
            found = list(entitlements(part, term, on=on, policy=policy))
            new += len(uow.education.aids.add_new(found))
            uow.commit()
    return new


def pay_student_aid(command: PayStudentAid, uow: UnitOfWork) -> int:
    """Return how many were paid; a measure that asked for the aid is delivered with it."""
    term = str(Term.parse(command.term))
    if command.kind:
        code_in("student_aid_kind", command.kind)
    on = not_after_today(command.on, uow.clock)
    paid = 0
    if command.aid_ids:
        for part in parts(command.aid_ids):
            with uow:
                aids = uow.education.due_aids(term, "", "", AT_ONCE, part)
                paid += _pay(aids, on, uow)
                uow.commit()
        return paid
    while True:
        with uow:
            aids = uow.education.due_aids(term, command.kind, command.area_code, AT_ONCE)
            paid += _pay(aids, on, uow)
            uow.commit()
        if len(aids) < AT_ONCE:
            return paid


def withdraw_student_aid(command: WithdrawStudentAid, uow: UnitOfWork) -> None:
    code_in("aid_withdrawal", command.reason)
    with uow:
        aid = uow.education.aids.get(command.aid_id)
        expect_version(aid, command.version)
        on = not_after_today(command.on, uow.clock)
        aid.withdraw(command.reason, on=on, note=command.note.strip())
        uow.education.aids.save(aid)
        uow.commit()


def _pay(aids: Sequence[StudentAid], on: date, uow: UnitOfWork) -> int:
    for aid in aids:
        aid.pay(on)
    uow.education.aids.put(aids)
    for kind, choices in MEASURES.items():
        of_kind = [aid for aid in aids if aid.kind == kind]
        answer_measures(
            [aid.household_id for aid in of_kind],
            choices[:1],
            uow,
            on=on,
            persons={aid.person_id for aid in of_kind},
        )
    compulsory = [aid for aid in aids if aid.kind == "aid" and aid.school_status in _COMPULSORY]
    answer_measures(
        [aid.household_id for aid in compulsory],
        MEASURES["aid"][1:],
        uow,
        on=on,
        persons={aid.person_id for aid in compulsory},
    )
    return len(aids)
