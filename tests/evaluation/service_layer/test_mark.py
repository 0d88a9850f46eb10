from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import DayNotReachedError, UnknownUnitError
from services.evaluation.service_layer.mark import RecordMark, mark_items, record_mark
from tests.evaluation.samples import TODAY

DAY = date(2022, 12, 25)


def give(service, **more):
    given: dict[str, Any] = {
        "unit": "610327109",
        "item": "review",
        "value": Decimal("9.5"),
        "as_of": DAY,
    } | more
    command = RecordMark(assessor="县考核办", reason="组织有力", **given)
    return record_mark(command, service.uow(), service.rulebook, [unit.id for unit in service.units()])


def test_a_mark_is_kept_and_told(service):
    """It is in the list with its reason, and in the journal, true on the day judged, without it."""
    mark_id = give(service)
    (row,) = service.reads.marks()
    assert (mark_id, Decimal("9.5"), "组织有力", TODAY) == (row.id, row.value, row.reason, row.judged_on)
    (event,) = service.reads.search(JournalSearch(fact="evaluation.judgement_recorded"), limit=9)
    assert (DAY.isoformat(), "9.5") == (event.occurred_on, event.envelope.data["value"])
    assert "组织" not in str(event.envelope.data)


def test_a_later_mark_leaves_the_earlier_one(service):
    """Nothing is overwritten: both are listed."""
    give(service)
    give(service, value=Decimal(8))
    assert [Decimal(8), Decimal("9.5")] == sorted(row.value for row in service.reads.marks("610327109"))
    assert [] == service.reads.marks("610327112")
    (part,) = service.reads.marks("610327109", limit=1, offset=1)
    assert part == service.reads.marks("610327109")[1]
    assert [2, 0] == [service.reads.count_marks(unit) for unit in ("610327109", "610327112")]


def test_who_and_when(service):
    """No mark for a unit that is not assessed, nor for a day to come."""
    with pytest.raises(UnknownUnitError):
        give(service, unit="县没有局")
    with pytest.raises(DayNotReachedError):
        give(service, as_of=TODAY + timedelta(days=1))


def test_what_is_judged_is_policy(service):
    """The items and how high they go are dated figures."""
    items = mark_items(service.rulebook, DAY)
    assert ("10", True) == (items["review"]["most"], items["daily"]["monthly"])
