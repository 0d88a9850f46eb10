from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import unmaskings
from services.monitoring.domain.errors import (
    DuplicateIdNumberError,
    MemberNotFoundError,
    ReasonMissingError,
)
from services.monitoring.service_layer.household import (
    register_household,
)
from services.monitoring.service_layer.member import (
    AddMember,
    CorrectMember,
    RemoveMember,
    UnknownFieldError,
    Unmask,
    add_member,
    correct_member,
    remove_member,
    unmask,
)
from tests.monitoring.kit import DAY, family, person, son, wife

RECORDED = "monitoring.household_recorded.v1"


def read(service, household_id):
    with service.uow() as uow:
        return uow.households.get(household_id)


def test_newborn_joins_without_a_number(service, household, outbox):
    """A newborn may have no number yet; the household is told of as version 2."""
    baby = son(name="丁某", born_on=date(2022, 6, 20), school_status="001", id_number="")
    added = add_member(
        AddMember(household_id=household, person=baby, reason="01", on=date(2022, 6, 21)),
        service.uow(),
        service.checks,
    )
    assert ("H00104", "01") == (
        read(service, household).member(added).person_no,
        read(service, household).member(added).joined_reason,
    )
    assert [1, 2] == [told["version"] for told in outbox(RECORDED)]


def test_who_married_out_may_join_another_household(service, household):
    """A number is free again once its holder has left, and taken again once she is elsewhere."""
    second = register_household(family("H002", persons=(person(number=5),)), service.uow(), service.checks)
    leaving = read(service, household).members[1]
    remove_member(
        RemoveMember(household_id=household, person_id=leaving.id, reason="02", on=DAY),
        service.uow(),
        service.checks,
    )
    join = AddMember(household_id=second, person=wife(), reason="02", on=DAY)
    add_member(join, service.uow(), service.checks)
    with pytest.raises(DuplicateIdNumberError) as refused:
        register_household(family("H003", persons=(person(number=7), wife())), service.uow(), service.checks)

    assert {"household_no": "****"} == refused.value.details


def test_correction_of_a_member(service, household):
    """A corrected skill is stored; the person's own number is no duplicate of itself."""
    head = read(service, household).head
    changes = {"labour_skill": "002", "id_number": head.id_number}
    correct_member(
        CorrectMember(household_id=household, person_id=head.id, changes=changes, on=DAY),
        service.uow(),
        service.checks,
    )
    assert "002" == read(service, household).head.labour_skill


@pytest.mark.parametrize("field", ["id", "left_on", "joined_reason", "nonsense"])
def test_not_everything_can_be_corrected(service, household, field):
    """What makes a member's identity and history is no matter of a correction."""
    head = read(service, household).head
    with pytest.raises(UnknownFieldError):
        correct_member(
            CorrectMember(household_id=household, person_id=head.id, changes={field: "x"}, on=DAY),
            service.uow(),
            service.checks,
        )


def test_unmasking_is_kept(service, household):
    """Who sees a number, and why, is kept with the moment."""
    head = read(service, household).head
    shown = unmask(Unmask(household, head.id, " 核对医保报销 ", "officer-1"), service.uow())
    with service.engine.connect() as connection:
        kept = connection.execute(select(unmaskings)).one()
    assert (head.id_number, "核对医保报销", "officer-1") == (shown.id_number, kept.reason, kept.by)


@pytest.mark.parametrize(("reason", "refused"), [("看看", ReasonMissingError), ("    ", ReasonMissingError)])
def test_unmasking_needs_a_reason(service, household, reason, refused):
    """Without a reason nothing is shown and nothing is kept."""
    with pytest.raises(refused):
        unmask(Unmask(household, read(service, household).head.id, reason, "officer-1"), service.uow())


def test_unmasking_of_nobody(service, household):
    """A person of another household is not shown."""
    with pytest.raises(MemberNotFoundError):
        unmask(Unmask(household, "p-unknown", "核对医保报销", "officer-1"), service.uow())
