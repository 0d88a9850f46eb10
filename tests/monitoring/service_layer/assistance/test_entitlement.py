from datetime import date

import pytest

from services.monitoring.domain.assistance.entitlement import Assessment
from services.monitoring.domain.guarantee_errors import (
    AlreadyOpenError,
    NotYourRegisterError,
    OfHouseholdError,
    SameAidTwiceError,
)
from services.monitoring.service_layer.assistance.entitlement import (
    AdjustEntitlement,
    AssessEntitlement,
    EndEntitlement,
    FindEntitlement,
    FindEntitlements,
    GrantEntitlement,
    RefuseEntitlement,
    RollRow,
    TakeRoll,
    adjust_entitlement,
    assess_entitlement,
    end_entitlement,
    find_entitlement,
    find_entitlements,
    grant_entitlement,
    refuse_entitlement,
    take_roll,
)
from tests.monitoring.guarantee_kit import needy, read_household
from tests.monitoring.kit import DAY, person

DUE, DECIDED = "monitoring.assistance_due.v1", "monitoring.assistance_decided.v1"
LATER = date(2022, 6, 20)


def find(service, home, kind="low_income", **given):
    command = FindEntitlement(household_id=home.id, kind=kind, on=DAY, **given)
    return find_entitlement(command, service.uow(), service.assistance)


def grant(service, id_, **given):
    command = GrantEntitlement(entitlement_id=id_, monthly_fen=30_000, on=LATER, **given)
    grant_entitlement(command, service.uow(), service.checks)


def end(service, id_):
    command = EndEntitlement(entitlement_id=id_, reason="moved", on=LATER)
    end_entitlement(command, service.uow(), service.checks)


def compare(service, kind):
    command = FindEntitlements(kind=kind, on=DAY)
    return find_entitlements(command, service.uow(), service.assistance)


def low_income(service, home):
    return [one.low_income for one in read_household(service, home.id).members]


def test_a_grant_sets_the_registrys_flag_and_an_end_takes_it_away(service):
    """The whole household gets 农村低保; when it ends, it is known not to have it."""
    home = needy(service)
    id_ = find(service, home)
    grant(service, id_)
    assert ["2"] * 4 == low_income(service, home)
    end(service, id_)
    assert ["0"] * 4 == low_income(service, home)


def test_a_flag_two_entitlements_give_stays_with_one(service):
    """The single person's flag stays while the household's allowance runs, both on the office's rolls."""
    home = needy(service)
    one = find(service, home, "single_person", person_id=home.members[0].id)
    grant(service, one)
    roll = TakeRoll(kind="low_income", on=LATER, rows=(RollRow(home.id, 40_000),))
    take_roll(roll, service.uow(), service.assistance, service.checks)
    end(service, one)
    assert ["2"] * 4 == low_income(service, home)


def test_one_open_entitlement_of_a_kind(service):
    """Found again while it is open, it is refused; refused, it may be found by hand again."""
    home = needy(service)
    id_ = find(service, home)
    with pytest.raises(AlreadyOpenError):
        find(service, home)
    command = RefuseEntitlement(entitlement_id=id_, reason="supported", on=LATER)
    refuse_entitlement(command, service.uow())
    assert id_ != find(service, home)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("disability_care", 1),
        ("single_person", 1),
        ("disability_living", 0),
        ("destitute", 0),
        ("low_income", 0),
    ],
)
def test_comparison_names_who_may_be_entitled(service, outbox, kind, found):
    """The severely disabled man is found for care and the single-person allowance; again nobody is new."""
    home = needy(service)
    assert (found, 0) == (compare(service, kind), compare(service, kind))
    assert [home.members[0].id] * found == [one["person_id"] for one in outbox(DUE)]


def test_the_poor_disabled_get_the_living_allowance(service, outbox):
    """Once the household is on subsistence allowance, its disabled member is found."""
    home = needy(service)
    grant(service, find(service, home))
    assert 1 == compare(service, "disability_living")


def test_an_elder_alone_may_be_destitute(service):
    """Sixty or older, alone, unable to work and without aid; a day younger is not found."""
    needy(
        service,
        persons=(person(born_on=date(1962, 6, 15), number=7, labour_skill="004"),),
    )
    needy(
        service,
        "H010",
        persons=(person(born_on=date(1962, 6, 16), number=8, labour_skill="004"),),
    )
    assert 1 == compare(service, "destitute")


def test_what_was_refused_is_not_found_by_comparison_again(service, outbox):
    """The office's decision stands until somebody asks by hand."""
    needy(service)
    compare(service, "disability_care")
    id_ = outbox(DUE)[0]["entitlement_id"]
    refuse_entitlement(RefuseEntitlement(entitlement_id=id_, reason="died", on=LATER), service.uow())
    assert 0 == compare(service, "disability_care")
    assert [(False, "died")] == [(one["granted"], one["reason"]) for one in outbox(DECIDED)]


def test_the_roll_is_taken_over(service, outbox):
    """Who gets it already is granted at once, also one who was only found; again nobody is new."""
    home = needy(service)
    find(service, home)
    command = TakeRoll(kind="low_income", on=LATER, rows=(RollRow(home.id, 40_000),))
    taken = [take_roll(command, service.uow(), service.assistance, service.checks) for _ in range(2)]
    assert [1, 0] == taken
    assert (1, 1) == (len(outbox(DUE)), len(outbox(DECIDED)))
    assert ["2"] * 4 == low_income(service, home)


def test_only_the_unit_that_answers_for_the_kind(service, outbox):
    """The disabled persons' federation decides no subsistence allowance."""
    id_ = find(service, needy(service))
    with pytest.raises(NotYourRegisterError):
        grant(service, id_, unit="县残联")
    assert [] == outbox(DECIDED)


def test_assessment_and_adjustment_are_kept(service):
    """Rigid spending deducted and property exempt are read back; the amount may change later."""
    id_ = find(service, needy(service))
    noted = Assessment(500_000, 300_000, 20_000, 10_000, "就医")
    assess_entitlement(AssessEntitlement(entitlement_id=id_, assessment=noted), service.uow())
    grant(service, id_)
    adjust_entitlement(AdjustEntitlement(entitlement_id=id_, monthly_fen=35_000), service.uow())
    with service.uow() as uow:
        one = uow.assistance.entitlements.get(id_)
    assert (noted, 35_000) == (one.assessment, one.monthly_fen)


def test_the_subsistence_allowance_is_of_the_household(service, outbox):
    """Asked for one person it is refused, and nothing is told of."""
    home = needy(service)
    with pytest.raises(OfHouseholdError):
        find(service, home, person_id=home.members[0].id)
    assert [] == outbox(DUE)


@pytest.mark.parametrize(
    ("second", "person", "refused"),
    [
        ("single_person", 0, True),
        ("destitute", None, True),
        ("destitute", 1, True),
        ("disability_living", 0, False),
        ("disability_care", 0, False),
    ],
)
def test_nobody_gets_the_same_aid_twice(service, outbox, second, person, refused):
    """With the household's allowance no other aid for a living is granted; a disability's own is."""
    home = needy(service)
    grant(service, find(service, home))
    id_ = find(service, home, second, person_id=None if person is None else home.members[person].id)
    if refused:
        with pytest.raises(SameAidTwiceError):
            grant(service, id_)
    else:
        grant(service, id_)
    assert (1 if refused else 2) == len(outbox(DECIDED))


def test_two_of_a_household_may_each_have_their_own(service, outbox):
    """The single-person allowance of one leaves another's; once it ended, the household's is granted."""
    home = needy(service)
    first, second = (find(service, home, "single_person", person_id=home.members[at].id) for at in (0, 1))
    grant(service, first)
    grant(service, second)
    whole = find(service, home)
    with pytest.raises(SameAidTwiceError):
        grant(service, whole)
    end(service, first)
    end(service, second)
    grant(service, whole)
    assert ["single_person"] * 2 + ["low_income"] == [one["kind"] for one in outbox(DECIDED)]
