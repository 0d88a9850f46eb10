from typing import Any

import pytest

from services.monitoring.domain.environment.toilet import ToiletNumberTakenError
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.service_layer.environment.toilet import (
    CorrectToilet,
    RegisterToilet,
    correct_toilet,
    register_toilets,
)
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.kit import DAY


def toilet(household, number="HC001", **given):
    told: dict[str, Any] = {"kind": "1", "place": "yard", "built_year": 2019} | given
    return RegisterToilet(toilet_no=number, household_id=household, **told)


def test_a_register_of_a_thousand(service, household):
    """A thousand toilets are one transaction."""
    ids = register_toilets([toilet(household, f"HC{one:04d}") for one in range(1000)], DAY, service.uow())
    assert 1000 == len(set(ids))
    with service.uow() as uow:
        assert ids[7] == uow.environment.toilets.where("toilet_no", ["HC0007"])[0].id


def test_batch_is_all_or_none(service, household):
    """A taken number, a double, an unknown household or code refuses the whole batch."""
    register_toilets([toilet(household)], DAY, service.uow())
    for wrong, refusal in (
        (toilet(household), ToiletNumberTakenError),
        (toilet(household, "HC002"), ToiletNumberTakenError),
        (toilet("nobody", "HC003"), HouseholdNotFoundError),
        (toilet(household, "HC004", kind="9"), UnknownCodeError),
    ):
        with pytest.raises(refusal):
            register_toilets([toilet(household, "HC002"), wrong], DAY, service.uow())
    with service.uow() as uow:
        assert [] == uow.environment.toilets.where("toilet_no", ["HC002"])


def test_correction(service, household):
    """What is recorded is put right by field name."""
    (id_,) = register_toilets([toilet(household)], DAY, service.uow())
    correct_toilet(
        CorrectToilet(toilet_id=id_, changes={"usable": False, "kind": "2"}, on=DAY), service.uow()
    )
    with service.uow() as uow:
        one = uow.environment.toilets.get(id_)
    assert (False, "2") == (one.usable, one.kind)
