"""Commands on the children of the five classes and their teachers.

::

    list_special_children(ListSpecialChildren(on=…), uow, policy)   -> int new, from the registry
    add_special_child(AddSpecialChild(household_id=…, person_id=…, child_class="orphan", on=…), uow, policy)
    pair_child(PairChild(child_id=…, teacher="…", on=…), uow)
    end_pairing(EndPairing(child_id=…, on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.education.pairing import PairedChild
from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.domain.guarantee_policy import EducationPolicy
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.guaranteeing import parts
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_guarantee import PersonRef
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days

_OPEN = ("listed", "paired")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpecialChildren:
    """Find the children of school age who belong to one of the classes; who was listed stays listed."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSpecialChild:
    """List a child the registry does not tell of, such as one without support in fact."""

    household_id: str
    person_id: str
    child_class: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChild:
    """Pair with a teacher, or with another than before."""

    child_id: str
    on: date
    teacher: str = field(repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPairing:
    """Take the child off the list."""

    child_id: str
    on: date
    version: int | None = None


def list_special_children(command: ListSpecialChildren, uow: UnitOfWork, policy: EducationPolicy) -> int:
    """Return how many are new. A child has one entry: once taken off the list it is added by hand."""
    on = not_after_today(command.on, uow.clock)
    with uow:
        found = uow.people.special_children(*policy.born_for_school(on))
    new = 0
    for part in parts(found):
        with uow:
            children = [_child(person, of, on, policy) for person, of in part]
            new += len(uow.education.paired_children.add_new(children))
            uow.commit()
    return new


def add_special_child(command: AddSpecialChild, uow: UnitOfWork, policy: EducationPolicy) -> str:
    """Return the entry's id; refuses a child who is listed."""
    code_in("special_child", command.child_class)
    with uow:
        household = uow.households.get(command.household_id)
        person = PersonRef(household.id, household.area_code, household.member(command.person_id).id)
        if uow.education.paired_children.matching(person_id=person.person_id, state=_OPEN):
            raise AlreadyOpenError
        on = not_after_today(command.on, uow.clock)
        child = _child(person, command.child_class, on, policy, id_=uow.ids())
        uow.education.paired_children.add(child)
        uow.commit()
    return child.id


def pair_child(command: PairChild, uow: UnitOfWork) -> None:
    with uow:
        child = uow.education.paired_children.get(command.child_id)
        expect_version(child, command.version)
        teacher = text_in(command.teacher.strip(), ("教师", "teacher"), most=60, least=1)
        child.pair(teacher, on=not_after_today(command.on, uow.clock))
        uow.education.paired_children.save(child)
        uow.commit()


def end_pairing(command: EndPairing, uow: UnitOfWork) -> None:
    with uow:
        child = uow.education.paired_children.get(command.child_id)
        expect_version(child, command.version)
        child.end(on=not_after_today(command.on, uow.clock))
        uow.education.paired_children.save(child)
        uow.commit()


def _child(
    person: PersonRef, child_class: str, on: date, policy: EducationPolicy, *, id_: str = ""
) -> PairedChild:
    return PairedChild(
        id=id_ or derived_id("special_child", person.person_id),
        household_id=person.household_id,
        area_code=person.area_code,
        person_id=person.person_id,
        child_class=child_class,
        listed_on=on,
        due_on=add_days(on, policy.pair_days.on(on)),
    )
