from datetime import date

import pytest

from services.evaluation.domain.field_work.errors import NumberTakenError
from services.evaluation.service_layer.field_work.cadre import (
    CadreLeaves,
    EnrolCadre,
    cadre_leaves,
    enrol_cadres,
)
from tests.evaluation.service_layer.dispatch.told import told, units

SINCE = date(2023, 1, 3)


def enrol(service, *numbers, **about):
    """Enrol people of a town."""
    commands = [
        EnrolCadre(**{"number": one, "unit": "610327109", "since": SINCE, **about}) for one in numbers
    ]
    return enrol_cadres(commands, service.uow(), service.field_work, units(service))


def test_no_number_is_told(service):
    """The event knows an invented id; the number stays here. Who is new is due in thirty days."""
    enrol(service, "GG-1", how="new")
    (event,) = told(service, "cadre_enrolled")
    assert "GG-1" not in str(event)
    assert ("2023-02-02", False) == (event["due_on"], event["limit_confirmed"])


def test_a_number_is_free_again_once_left(service):
    """Of two with one number, also in one file, the second is refused; after the first left it is not."""
    (first,) = enrol(service, "GG-1")
    with pytest.raises(NumberTakenError):
        enrol(service, "GG-1")
    with pytest.raises(NumberTakenError):
        enrol(service, "GG-2", "GG-2")
    cadre_leaves(CadreLeaves(cadre_id=first, on=date(2023, 1, 9)), service.uow())
    enrol(service, "GG-1")
    assert 2 == len(told(service, "cadre_enrolled"))
    assert [first] == [one["cadre_id"] for one in told(service, "cadre_left")]
