from datetime import date
from typing import get_type_hints

import pytest

from services.monitoring.domain import member
from services.monitoring.domain.household import Recorded
from services.monitoring.service_layer.publishing import publish
from shared.contracts.monitoring import PUBLISHED, v1

PERSONAL = {"name", "id_number", "phone", "address", "document", "note", "by", "officer"}


@pytest.mark.parametrize("model", [*PUBLISHED, v1.Member])
def test_no_event_has_room_for_personal_data(model):
    """No published model has a field for a name, a number of a document, a telephone or free text."""
    assert set() == PERSONAL & set(get_type_hints(model))


def test_private_fact_nobody_registered_is_not_told():
    """Most private facts stay inside."""
    assert [] == list(publish(object()))


def test_snapshot_says_who_has_left():
    """A household is told with everybody who ever belonged to it, and who has left."""
    gone = member.Member(
        id="p1",
        person_no="H101",
        name="赵甲一",
        sex="1",
        born_on=date(1980, 1, 1),
        relation="001",
        labour_skill="001",
        joined_on=date(2022, 1, 1),
        left_on=date(2022, 6, 1),
    )
    fact = Recorded(
        household_id="h1",
        household_no="H1",
        area_code="610327109203",
        version=3,
        household_type="100A03A01",
        lifted_out=False,
        relocated=False,
        members=(gone,),
        on=date(2022, 6, 1),
    )
    (event,) = publish(fact)
    assert isinstance(event, v1.HouseholdRecorded)
    assert (3, True, "001") == (event.version, event.members[0].left, event.members[0].labour_skill)
