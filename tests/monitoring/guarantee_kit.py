"""A family that needs every guarantee: disabled man, ill wife, son at school, daughter at college."""

from datetime import date

from services.monitoring.service_layer.change import RecordChange, record_change
from services.monitoring.service_layer.household import register_household
from tests.monitoring.kit import DAY, family, person, son, wife

TODAY = date(2022, 7, 1)


def needy(service, household_no="H009", number=9, **given):
    """Register a lifted-out family and return the household."""
    told = {
        "lifted_out": True,
        "lifted_out_year": 2018,
        "household_type": "100A03A03",
        "persons": (
            person(
                number=number, labour_skill="004", health=("004",), disability_kind="4", disability_grade="2"
            ),
            wife(number=number, labour_skill="004", health=("002",)),
            son(number=number),
            person(
                number=number,
                name="李丁四",
                sex="2",
                born_on=date(2005, 5, 6),
                relation="004",
                labour_skill="004",
                education=None,
                school_status="011",
            ),
        ),
    }
    id_ = register_household(family(household_no, **told | given), service.uow(), service.checks)
    return read_household(service, id_)


def read_household(service, household_id):
    with service.uow() as uow:
        return uow.households.get(household_id)


def drop_out(service, household, person_id, on=DAY):
    """Record that a child left school; return the change."""
    command = RecordChange(household_id=household, kind="dropout", detail="04", on=on, person_id=person_id)
    return record_change(command, service.uow(), service.thresholds, service.clue_policy).change_id


def only(register):
    """Return the one entry of a register."""
    (one,) = register.matching()
    return one
