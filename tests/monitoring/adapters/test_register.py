from datetime import date

import pytest

from services.monitoring.domain.education.dropout import Persuasion
from services.monitoring.domain.guarantee_errors import GuaranteeNotFoundError
from services.monitoring.service_layer.assistance.allowance import PayAllowances, pay_allowances
from services.monitoring.service_layer.assistance.entitlement import FindEntitlements, find_entitlements
from services.monitoring.service_layer.education.pairing import ListSpecialChildren, list_special_children
from services.monitoring.service_layer.education.student_aid import (
    GenerateStudentAid,
    PayStudentAid,
    generate_student_aid,
    pay_student_aid,
)
from services.monitoring.service_layer.medical.disease import ListDiseases, list_diseases
from shared.kernel.errors import StaleVersionError
from tests.monitoring.guarantee_kit import drop_out, needy, only
from tests.monitoring.kit import DAY

ON = date(2022, 6, 20)


@pytest.fixture(name="home")
def _home(both_services):
    home = needy(both_services)
    drop_out(both_services, home.id, home.members[2].id)
    return home


def case(service):
    with service.uow() as uow:
        return only(uow.education.dropouts)


@pytest.mark.usefixtures("home")
def test_an_entry_is_read_as_it_was_kept(both_services):
    """Also what is no plain value: who is responsible, and every persuasion with its day."""
    said = Persuasion(DAY, "head", "谈话")
    with both_services.uow() as uow:
        one = only(uow.education.dropouts)
        one.name({"head": "X-1"})
        one.persuade(said)
        uow.education.dropouts.save(one)
        uow.commit()
    kept = case(both_services)
    assert (2, {"head": "X-1"}, (said,)) == (kept.version, dict(kept.responsible), kept.persuasions)


@pytest.mark.usefixtures("home")
def test_of_two_who_read_the_same_the_second_is_refused(both_services):
    """Saving what somebody else saved since is refused."""
    first, second = case(both_services), case(both_services)
    for one, refused in ((first, False), (second, True)):
        one.name({"head": "X-1"})
        with both_services.uow() as uow:
            if refused:
                with pytest.raises(StaleVersionError):
                    uow.education.dropouts.save(one)
            else:
                uow.education.dropouts.save(one)
                uow.commit()


@pytest.mark.usefixtures("home")
def test_a_second_open_entry_of_a_child_is_not_kept(both_services):
    """Two who open the same case at once: the database keeps one, the other tries again."""
    again = case(both_services)
    again.id, again.change_id, again.version = "another", "another", 0
    with both_services.uow() as uow, pytest.raises(StaleVersionError):
        uow.education.dropouts.add(again)


def test_what_is_not_there_is_refused(both_services):
    """An unknown id is a refusal, not a crash."""
    with both_services.uow() as uow, pytest.raises(GuaranteeNotFoundError):
        uow.medical.stays.get("nothing")


@pytest.mark.usefixtures("home")
def test_the_registry_is_asked_set_wise(both_services):
    """The same questions have the same answers in both databases; batches are paid once."""
    service = both_services
    found = (
        generate_student_aid(GenerateStudentAid(term="20221", on=ON), service.uow(), service.education.aid),
        pay_student_aid(PayStudentAid(term="20221", on=ON), service.uow()),
        list_special_children(ListSpecialChildren(on=ON), service.uow(), service.education),
        list_diseases(ListDiseases(kind="chronic", on=ON), service.uow(), service.medical.disease),
        find_entitlements(FindEntitlements(kind="single_person", on=ON), service.uow(), service.assistance),
        find_entitlements(FindEntitlements(kind="low_income", on=ON), service.uow(), service.assistance),
        find_entitlements(FindEntitlements(kind="destitute", on=ON), service.uow(), service.assistance),
        pay_allowances(PayAllowances(month="202206", on=ON), service.uow()),
    )
    assert (3, 3, 2, 1, 1, 0, 0, 0) == found
