from datetime import date
from typing import Any

import pytest

from services.monitoring.service_layer.education.student_aid import (
    GenerateStudentAid,
    PayStudentAid,
    WithdrawStudentAid,
    generate_student_aid,
    pay_student_aid,
    withdraw_student_aid,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.member import RemoveMember, remove_member
from tests.monitoring.guarantee_kit import needy
from tests.monitoring.kit import OTHER_VILLAGE, family

ON = date(2022, 6, 20)
_TERM: dict[str, Any] = {"term": "20221", "on": ON}
DUE, PAID = "monitoring.student_aid_due.v1", "monitoring.student_aid_paid.v1"


@pytest.fixture(name="home")
def _home(service):
    register_household(family(), service.uow(), service.checks)
    return needy(service)


def generate(service, **given):
    command = GenerateStudentAid(**_TERM | given)
    return generate_student_aid(command, service.uow(), service.education.aid)


def pay(service, **given):
    return pay_student_aid(PayStudentAid(**_TERM | given), service.uow())


def test_only_lifted_out_and_monitored_families(service, home, outbox):
    """The pupils of the ordinary family are not entitled; the vocational pupil is twice."""
    assert 3 == generate(service)
    told = [(one["person_id"], one["kind"]) for one in outbox(DUE)]
    son, daughter = home.members[2].id, home.members[3].id
    assert {(son, "aid"), (daughter, "aid"), (daughter, "yulu")} == set(told)


def test_generating_again_finds_only_who_is_new(service, home, outbox):
    """The same term twice tells nobody twice; another term is another entitlement."""
    generate(service)
    assert 0 == generate(service)
    assert 3 == generate(service, term="20212")
    assert 6 == len(outbox(DUE))


def test_each_is_paid_once(service, home, outbox):
    """Paying a kind leaves the other due; paying again pays the rest and then nobody."""
    generate(service)
    assert (1, 2, 0) == (pay(service, kind="yulu"), pay(service), pay(service))
    assert 150_000 + 100_000 + 25_000 == sum(one["amount_fen"] for one in outbox(PAID))


def test_an_area_is_paid_by_itself(service, home):
    """A payment inside another village pays nobody here."""
    generate(service)
    assert (0, 3) == (pay(service, area_code=OTHER_VILLAGE), pay(service))


def test_single_entitlements_are_paid(service, home, outbox):
    """Only those named are paid."""
    generate(service)
    first = outbox(DUE)[0]["entitlement_id"]
    assert 1 == pay(service, aid_ids=(first,))
    assert [first] == [one["entitlement_id"] for one in outbox(PAID)]


def test_what_is_withdrawn_is_not_paid_nor_found_again(service, home, outbox):
    """A withdrawn entitlement stays withdrawn."""
    generate(service)
    for one in outbox(DUE):
        command = WithdrawStudentAid(aid_id=one["entitlement_id"], reason="left_school", on=ON)
        withdraw_student_aid(command, service.uow())
    assert (0, 0) == (pay(service), generate(service))
    assert ["left_school"] * 3 == [one["reason"] for one in outbox("monitoring.student_aid_withdrawn.v1")]


@pytest.mark.parametrize("by_id", [False, True])
def test_nothing_is_paid_for_who_has_left(service, home, outbox, by_id):
    """After the son has died his aid is not paid, named or not; his sister's is."""
    generate(service)
    gone = RemoveMember(household_id=home.id, person_id=home.members[2].id, reason="01", on=ON)
    remove_member(gone, service.uow(), service.checks)
    ids = tuple(one["entitlement_id"] for one in outbox(DUE)) if by_id else ()
    assert 2 == pay(service, aid_ids=ids)
    assert home.members[2].id not in {one["person_id"] for one in outbox(PAID)}
