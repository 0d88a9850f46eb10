from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.household_version import takeovers_of
from services.monitoring.adapters.tables import takeovers
from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    MemberNotFoundError,
    NobodyStaysError,
    NotOneHeadError,
    PersonNotOnRecordError,
    ReasonMissingError,
    SameHouseholdError,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.moving import (
    ChangeHead,
    MoveMember,
    SplitHousehold,
    TakeOver,
    change_head,
    move_member,
    split_household,
    take_over,
)
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, family, id_number, person


@pytest.fixture
def other(service):
    """The household of one man alone."""
    alone = person(name="周丁四", number=9)
    return register_household(family("H002", persons=(alone,)), service.uow(), service.checks)


def read(service, household_id):
    with service.uow() as uow:
        return uow.households.get(household_id)


def move(service, household, person_id, to, **given):
    told = {
        "household_id": household,
        "person_id": person_id,
        "to_household_id": to,
        "relation": "003",
        "on": DAY,
    }
    return move_member(MoveMember(**told | given), service.uow(), service.checks)


def take(service, household, number, **given):
    told = {
        "household_id": household,
        "id_number": number,
        "relation": "021",
        "reason": "户籍已迁来",
        "on": DAY,
    }
    uow = service.uow()
    uow.by = "county-1"
    return take_over(TakeOver(**told | given), uow, service.checks)


def test_a_moved_member_stands_in_both_households(service, household, other, outbox):
    """The son leaves one household and is present in the other, with all that is recorded of him."""
    son = read(service, household).members[2]
    moved = move(service, household, son.id, other)
    left, came = read(service, household).members[2], read(service, other).member(moved)
    assert (DAY, "91", "91", "003") == (left.left_on, left.left_reason, came.joined_reason, came.relation)
    assert (son.id_number, son.school_status, son.person_no) == (
        came.id_number,
        came.school_status,
        came.person_no,
    )
    assert [household, other] == [
        one["household_id"] for one in outbox("monitoring.household_recorded.v1")[-2:]
    ]


def test_a_head_moves_only_with_a_successor(service, household, other):
    """The head who goes names who follows; the refusal moves nobody."""
    head, wife, _ = read(service, household).members
    with pytest.raises(NotOneHeadError):
        move(service, household, head.id, other, relation="021")
    assert (3, 1) == (len(read(service, household).present), len(read(service, other).present))

    move(service, household, head.id, other, relation="021", relations={wife.id: "001"})
    assert wife.id == read(service, household).head.id


def test_move_is_refused(service, household, other):
    """Into the same household, somebody who is not there, of an unknown relation, or from an old page."""
    son = read(service, household).members[2]
    with pytest.raises(SameHouseholdError):
        move(service, household, son.id, household)
    with pytest.raises(MemberNotFoundError):
        move(service, household, "nobody", other)
    with pytest.raises(UnknownCodeError):
        move(service, household, son.id, other, relation="777")
    with pytest.raises(StaleVersionError):
        move(service, household, son.id, other, version=9)


def test_the_county_takes_a_person_over(service, household, other):
    """Reason and who took the person over stand with both households."""
    number = read(service, household).members[2].id_number
    moved = take(service, other, number)
    assert number == read(service, other).member(moved).id_number
    with service.engine.connect() as connection:
        ours, theirs = (takeovers_of(connection, one) for one in (household, other))
        kept = connection.execute(select(takeovers)).one()
    assert ours == theirs
    assert ("户籍已迁来", "county-1", moved) == (ours[0].reason, ours[0].by, kept.to_person_id)


def test_take_over_is_refused(service, household, other):
    """Without a reason, of nobody on record, and of one's own member; then nothing is kept."""
    number = read(service, household).members[2].id_number
    with pytest.raises(ReasonMissingError):
        take(service, other, number, reason="迁")
    with pytest.raises(PersonNotOnRecordError):
        take(service, other, id_number(date(1999, 1, 1), "1", 77))
    with pytest.raises(SameHouseholdError):
        take(service, household, number)
    with service.engine.connect() as connection:
        assert [] == takeovers_of(connection, household)


def test_split_household(service, household):
    """Mother and son become a household in the same village."""
    _, mother, son = read(service, household).members
    command = SplitHousehold(
        household_id=household,
        household_no="H001A",
        persons={mother.id: "001", son.id: "003"},
        on=DAY,
    )
    new = read(service, split_household(command, service.uow(), service.checks))
    old = read(service, household)
    assert (["001"], ["001", "003"]) == (
        [one.relation for one in old.present],
        [one.relation for one in new.present],
    )
    assert (old.area_code, "100A03A01", {"91"}) == (
        new.area_code,
        new.household_type,
        {one.joined_reason for one in new.present},
    )


@pytest.mark.parametrize(("lifted_out", "household_type"), [(True, "100A03A03"), (False, "100A03A01")])
def test_the_part_that_splits_off_a_monitored_household_is_not_monitored(service, lifted_out, household_type):
    """What is monitored is decided for each household: the new one is what it was before that."""
    given = {"lifted_out": lifted_out, "household_type": household_type}
    old = register_household(family("H005", **given), service.uow(), service.checks)
    with service.uow() as uow:
        one = uow.households.get(old)
        one.classify("100A03003", on=DAY)
        uow.households.save(one)
        uow.commit()
    mother = read(service, old).members[1]
    command = SplitHousehold(household_id=old, household_no="H006", persons={mother.id: "001"}, on=DAY)
    new = split_household(command, service.uow(), service.checks)
    assert (household_type, "100A03003") == (
        read(service, new).household_type,
        read(service, old).household_type,
    )


def test_split_is_refused(service, household, other):
    """With everybody, with a number on record, and without a head."""
    members = read(service, household).members

    def split(number, *relations):
        persons = {one.id: relation for one, relation in zip(members[1:], relations, strict=False)}
        if len(relations) > 2:
            persons[members[0].id] = relations[2]
        command = SplitHousehold(household_id=household, household_no=number, persons=persons, on=DAY)
        return split_household(command, service.uow(), service.checks)

    with pytest.raises(NobodyStaysError):
        split("H007", "002", "003", "001")
    with pytest.raises(DuplicateHouseholdNoError):
        split("H002", "001")
    with pytest.raises(NotOneHeadError):
        split("H007", "002")
    assert 3 == len(read(service, household).present)


def test_the_head_changes(service, household):
    """The wife becomes head and the husband her spouse; half of it is refused."""
    head, wife, _ = read(service, household).members
    with pytest.raises(NotOneHeadError):
        change_head(
            ChangeHead(household_id=household, relations={wife.id: "001"}, on=DAY),
            service.uow(),
            service.checks,
        )
    relations = {wife.id: "001", head.id: "002"}
    change_head(
        ChangeHead(household_id=household, relations=relations, on=DAY), service.uow(), service.checks
    )
    assert wife.id == read(service, household).head.id
