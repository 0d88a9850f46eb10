from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.matter import Matter, MatterClosed, MatterOpened
from services.monitoring.domain.relocation.finding import ZeroEmployment
from services.monitoring.service_layer.publishing import publish
from services.monitoring.service_layer.publishing.governance import closed, opened
from shared.contracts.monitoring.v1.relocation import ZeroEmploymentClosed, ZeroEmploymentOpened

_TOLD: dict[str, Any] = {
    "id": "m1",
    "area_code": "610327109203",
    "opened_on": date(2022, 3, 1),
    "due_on": date(2022, 3, 31),
    "limit_confirmed": False,
    "note": "李华家",
}


def test_a_matter_is_told_without_its_note():
    """The limit, its confirmation and the household are told; what people wrote is not."""
    spell = ZeroEmployment(**_TOLD, household_id="h1", willing=2)
    (told,) = publish(MatterOpened(spell))
    assert isinstance(told, ZeroEmploymentOpened)
    assert ("h1", 2, date(2022, 3, 31), False) == (
        told.household_id,
        told.willing,
        told.due_on,
        told.limit_confirmed,
    )
    assert "李华" not in told.model_dump_json()


def test_the_end_is_told_on_its_day():
    """Closing tells the day and the way, not the day it was due."""
    spell = ZeroEmployment(**_TOLD, household_id="h1", willing=2)
    spell.close("employed", on=date(2022, 3, 20))
    (told,) = publish(MatterClosed(spell))
    assert isinstance(told, ZeroEmploymentClosed)
    assert (date(2022, 3, 20), "employed", "m1") == (told.occurred_on, told.way, told.spell_id)


@pytest.mark.parametrize("tell", [opened, closed])
def test_a_kind_nobody_published_is_a_mistake(tell):
    """A new kind of matter must say what the county is told of it: nothing is left out silently."""
    with pytest.raises(TypeError):
        tell(Matter(**_TOLD))
