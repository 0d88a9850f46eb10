from datetime import date

import pytest

from services.monitoring.domain.education.dropout import SEVEN
from services.monitoring.domain.guarantee_errors import DropoutOpenError
from services.monitoring.service_layer.change import ResolveChange, resolve_change
from services.monitoring.service_layer.education.dropout import (
    EndDropout,
    NameResponsible,
    RecordPersuasion,
    ServeNotice,
    end_dropout,
    name_responsible,
    record_persuasion,
    serve_notice,
)
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.guarantee_kit import drop_out, needy, only, read_household
from tests.monitoring.kit import DAY, OTHER_VILLAGE

END, RESOLVED = "monitoring.dropout_ended.v1", "monitoring.household_change_resolved.v1"
LATER = date(2022, 6, 20)


@pytest.fixture(name="home")
def _home(service):
    return needy(service)


@pytest.fixture(name="child")
def _child(service, home):
    drop_out(service, home.id, home.members[2].id)
    return home.members[2].id


def case(service):
    with service.uow() as uow:
        return only(uow.education.dropouts)


def end(service, result="returned", **given):
    command = EndDropout(dropout_id=case(service).id, result=result, on=LATER, **given)
    return end_dropout(command, service.uow(), service.education, service.checks)


def test_the_change_opens_the_case(service, child, outbox):
    """A recorded dropout opens one case, due by the unconfirmed limit, as a consequence of the change."""
    (found,) = outbox("monitoring.dropout_found.v1")
    assert (child, "2022-06-30", False) == (found["person_id"], found["due_on"], found["limit_confirmed"])
    assert case(service).change_id == outbox("monitoring.household_changed.v1")[0]["change_id"]


def test_one_open_case_of_a_child(service, home, child, outbox):
    """The same child reported again has the same case."""
    drop_out(service, home.id, child, LATER)
    assert 1 == len(outbox("monitoring.dropout_found.v1"))


def test_the_end_puts_the_change_right(service, home, child, outbox):
    """Ending the case resolves the change; the grade the child is back in is the registry's."""
    end(service, school_status="005")
    assert ["returned"] == [one["result"] for one in outbox(END)]
    assert case(service).change_id == outbox(RESOLVED)[0]["change_id"]
    assert "005" == read_household(service, home.id).member(child).school_status


def test_only_the_end_of_the_case_puts_the_change_right(service, child, outbox):
    """While the case is open the change cannot be resolved by hand: the case has an owner of its own."""
    with pytest.raises(DropoutOpenError):
        resolve_change(ResolveChange(case(service).change_id, LATER), service.uow())
    assert ("found", [], []) == (case(service).state, outbox(END), outbox(RESOLVED))


def test_taught_at_home_begins_with_the_end(service, child, outbox):
    """A case that ends with teaching at home begins it, for twice a month."""
    pupil = end(service, "taught_at_home", teacher="T-1")
    (began,) = outbox("monitoring.home_teaching_began.v1")
    assert (pupil, child, 2) == (began["pupil_id"], began["person_id"], began["visits_a_month"])


def test_what_is_done_for_the_child_is_kept(service, child):
    """The seven, a persuasion and the notice are read back as they were written."""
    id_ = case(service).id
    name_responsible(NameResponsible(dropout_id=id_, responsible={"head": " X-1 "}), service.uow())
    record_persuasion(RecordPersuasion(dropout_id=id_, role="head", on=DAY, note="谈话"), service.uow())
    serve_notice(ServeNotice(dropout_id=id_, notice_no="T-1", return_by=LATER, on=DAY), service.uow())
    one = case(service)
    assert ("notified", {"head": "X-1"}, "T-1") == (one.state, dict(one.responsible), one.notice_no)
    assert [("head", "谈话")] == [(said.role, said.note) for said in one.persuasions]
    assert set(SEVEN) - {"head"} == set(one.missing)


def test_no_name_leaves_the_service(service, child, outbox):
    """Whoever is responsible, and what was said, is in no event."""
    id_ = case(service).id
    name_responsible(NameResponsible(dropout_id=id_, responsible={"parent": "李家长"}), service.uow())
    record_persuasion(
        RecordPersuasion(dropout_id=id_, role="parent", on=DAY, note="李家长不同意"), service.uow()
    )
    end(service)
    assert "李家长" not in str(outbox())


def test_a_stale_page_changes_nothing(service, child):
    """Naming from a page older than the case is refused."""
    command = NameResponsible(dropout_id=case(service).id, responsible={"head": "X"}, version=9)
    with pytest.raises(StaleVersionError):
        name_responsible(command, service.uow())


def test_a_result_outside_the_list_is_refused(service, child, outbox):
    """An unknown result ends nothing."""
    with pytest.raises(UnknownCodeError):
        end(service, "lost")
    assert [] == outbox(END)


def test_the_case_moves_with_the_household(service, home, child):
    """A household that moves takes the open case to its village."""
    move = CorrectHousehold(household_id=home.id, changes={"area_code": OTHER_VILLAGE}, on=LATER)
    correct_household(move, service.uow())
    assert OTHER_VILLAGE == case(service).area_code
