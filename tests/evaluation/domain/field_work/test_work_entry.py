from datetime import date

import pytest

from services.evaluation.domain.field_work.errors import FieldWorkStepError, WrongEntryError
from services.evaluation.domain.field_work.work_entry import KINDS, Entered, Withdrawn, WorkEntry

ON = date(2022, 3, 3)
WHOLE = {
    "about": "c1",
    "month": "202203",
    "passed": False,
    "level": "city",
    "field": "social",
    "area_code": "610327109203",
}


def entry(kind, **about):
    """Return an entry of a kind, not told of yet."""
    return WorkEntry(id="e1", kind=kind, unit="610327109", done_on=ON, **{"area_code": "", **about})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_kind_needs(kind):
    """With all it needs an entry is told of; without any one of them it is refused."""
    needs = KINDS[kind].needs
    given = {name: WHOLE[name] for name in needs}
    whole = entry(kind, **given)
    whole.enter()
    assert [Entered(whole)] == whole.facts
    for name in sorted(needs):
        less = entry(kind, **{key: value for key, value in given.items() if key != name})
        with pytest.raises(WrongEntryError):
            less.enter()
        assert [] == less.facts


def test_taken_back_once():
    """A mistake is withdrawn once."""
    one = entry("volunteer_activity")
    one.enter()
    one.withdraw(on=ON)
    with pytest.raises(FieldWorkStepError):
        one.withdraw(on=ON)
    assert [Withdrawn(one, ON)] == one.facts[1:]
