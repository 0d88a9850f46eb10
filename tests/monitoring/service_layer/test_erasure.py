import pytest
from sqlalchemy import select, text

from services.monitoring.adapters.erasure import erasures_in
from services.monitoring.adapters.tables import members, messages
from services.monitoring.domain.erasure_errors import (
    ErasureAskedAlreadyError,
    NobodyToEraseError,
    PersonalReasonError,
    SecondPersonNeededError,
    UnknownGroundError,
)
from services.monitoring.service_layer.erasure import (
    AskErasure,
    SettleErasure,
    ask_erasure,
    confirm_erasure,
    refuse_erasure,
)
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import VILLAGE, family, person

HEAD = person(phone="13909170001")


@pytest.fixture(name="head")
def _head(service):
    """The id of the head of a registered household."""
    register_household(family(persons=(HEAD,)), service.uow(), service.checks)
    with service.engine.connect() as connection:
        return connection.execute(select(members.c.id)).scalar_one()


def asked(service, person_id, ground="unlawful", reason="误登记，本人从未居住"):
    command = AskErasure(person_id=person_id, ground=ground, reason=reason, by="first")
    return ask_erasure(command, service.uow(), service.erasure_policy)


def test_asked_by_one_and_confirmed_by_another(service, head):
    """Only the second person's confirmation erases, and the list then says in how many rows."""
    one = asked(service, head)
    with pytest.raises(SecondPersonNeededError):
        confirm_erasure(SettleErasure(erasure_id=one, by="first"), service.uow(), service.erasure_policy)
    rows = confirm_erasure(SettleErasure(erasure_id=one, by="second"), service.uow(), service.erasure_policy)
    assert 0 < rows
    with service.engine.connect() as connection:
        (shown,), total = erasures_in(connection, VILLAGE, limit=9, offset=0)
        assert "已删除" == connection.execute(select(members.c.name)).scalar_one()
    assert (1, "done", rows, "") == (total, shown.state, shown.rows, shown.person_no)
    with pytest.raises(NobodyToEraseError):
        asked(service, head)


def test_the_reason_goes_with_the_person(service, head):
    """What was typed about the person is overwritten too; a number in it is refused at once."""
    with pytest.raises(PersonalReasonError):
        asked(service, head, reason=f"误登记 {HEAD.id_number}")
    one = asked(service, head, reason=f"{HEAD.name}误登记")
    confirm_erasure(SettleErasure(erasure_id=one, by="second"), service.uow(), service.erasure_policy)
    with service.engine.connect() as connection:
        (shown,), _ = erasures_in(connection, VILLAGE, limit=9, offset=0)
    assert ("已删除", True) == (shown.override_reason, bool(shown.doubts))


def test_refused(service, head):
    """A refused request erases nothing, and the person can be asked for again."""
    refuse_erasure(SettleErasure(erasure_id=asked(service, head), by="first"), service.uow())
    with service.engine.connect() as connection:
        assert HEAD.name == connection.execute(select(members.c.name)).scalar_one()
    asked(service, head)
    with pytest.raises(ErasureAskedAlreadyError):
        asked(service, head)


def test_what_is_nobody_and_no_ground(service, head):
    """An unknown person and an unknown ground are refused."""
    with pytest.raises(NobodyToEraseError):
        asked(service, "nobody")
    with pytest.raises(UnknownGroundError):
        asked(service, head, "because")


def test_no_event_changes(service, head):
    """What was told stays byte for byte, and an erasure tells nothing: every digest over events stays."""
    with service.engine.connect() as connection:
        before = connection.execute(select(messages.outbox.c.id, messages.outbox.c.envelope)).all()
        timeline = connection.execute(text("SELECT * FROM timeline")).all()
    one = asked(service, head)
    confirm_erasure(SettleErasure(erasure_id=one, by="second"), service.uow(), service.erasure_policy)
    with service.engine.connect() as connection:
        assert before == connection.execute(select(messages.outbox.c.id, messages.outbox.c.envelope)).all()
        assert timeline == connection.execute(text("SELECT * FROM timeline")).all()
    assert before
