import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.adapters.read_models_supervision import find_interviews
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.supervision_errors import DayOutOfOrderError
from services.evaluation.service_layer.interview import RecordInterview, record_interview
from shared.kernel.clock import day_of
from shared.kernel.period import add_days

TOWN = "610327109"


@pytest.fixture(name="record")
def _record(service):
    units = [unit.id for unit in service.units()]

    def record(**about):
        given = {"unit": TOWN, "kind": "reminder", "held_on": day_of(service.clock()), "matter": "李甲逾期"}
        return record_interview(RecordInterview(**{**given, **about}), service.uow(), units)

    return record


def test_kept_with_names_and_told_without(service, record):
    """The record has matter and name, its event neither."""
    found = record(responsible="李甲", about_kind="order", about_id="o1")
    with service.engine.connect() as connection:
        ((row,), _total) = find_interviews(connection, unit=TOWN, limit=5, offset=0)
    assert (found, "李甲", "o1") == (row.id, row.responsible, row.about_id)
    (entry,) = service.reads.search(JournalSearch(), limit=2)
    assert "李甲" not in entry.envelope.to_json()


def test_no_talk_to_come_and_none_with_a_stranger(service, record):
    """A talk has been held, with a unit that is assessed."""
    with pytest.raises(DayOutOfOrderError):
        record(held_on=add_days(day_of(service.clock()), 1))
    with pytest.raises(UnknownUnitError):
        record(unit="610327999")
