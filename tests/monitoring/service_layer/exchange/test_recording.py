from sqlalchemy import func, select

from services.monitoring.adapters.tables import households
from services.monitoring.service_layer.exchange.part import part_of, rehearsal_on
from services.monitoring.service_layer.exchange.recording import record, usable
from services.monitoring.service_layer.ports_exchange import StagedRow
from tests.monitoring.exchange_kit import person_row
from tests.monitoring.kit import DAY, VILLAGE

_PERSON = ("name", "relation", "labour_skill", "id_number")


def new(household, place=1, **given):
    from datetime import date

    row = person_row(household, place)
    number = row["id_number"]
    person = {name: row[name] for name in _PERSON} | {
        "sex": "1" if int(number[16]) % 2 else "2",
        "born_on": date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
    }
    where = {"area_code": VILLAGE, "natural_village": "沟口", "phone": "13800138000"}
    return StagedRow(place, row["household_no"], "new", person=person | given, household=where)


def count(service):
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(households)).scalar()


def test_new_households_are_registered_with_what_is_known(service):
    """One command for all of them; what it does not name goes under *further*."""
    with service.uow() as uow:
        assert {} == record([[new(1), new(1, 2)], [new(2)]], DAY, part_of(uow), service.checks)
        uow.commit()
    assert 2 == count(service)


def test_what_is_refused_is_said_by_household(service):
    """Two heads are refused; the number of the household says whose."""
    wrong = [new(3), new(3, 3, relation="001")]
    with service.uow() as uow:
        refused = record([[new(1)], wrong], DAY, part_of(uow), service.checks)
    assert ["H000003"] == list(refused)
    assert 0 == count(service)


def test_a_rehearsal_checks_and_writes_nothing(service):
    """The same refusals, and nothing kept even with a commit."""
    with service.uow() as uow:
        assert {} == record([[new(1)]], DAY, rehearsal_on(uow), service.checks)
        assert ["H000003"] == list(
            record([[new(3), new(3, 3, relation="001")]], DAY, rehearsal_on(uow), service.checks)
        )
        uow.commit()
    assert 0 == count(service)


def test_a_household_with_a_wrong_row_is_left_out():
    """It is wrong already; the registry need not be asked."""
    wrong = StagedRow(3, "H2", "failed")
    assert [["H1"]] == [
        [row.household_no for row in rows] for rows in usable([[StagedRow(2, "H1", "new")], [wrong]])
    ]
