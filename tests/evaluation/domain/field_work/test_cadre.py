from datetime import date
from typing import Any

import pytest

from services.evaluation.domain.field_work.cadre import Cadre, Left
from services.evaluation.domain.field_work.errors import FieldWorkStepError, OutsideTownError

SINCE = date(2022, 4, 1)


def enrolled(**about):
    """Return somebody newly in post."""
    given: dict[str, Any] = {
        "cadre_id": "c1",
        "number": "GG-1",
        "kind": "cadre",
        "unit": "610327109",
        "area_code": "610327109",
    }
    given |= {"how": "new", "since": SINCE, "train_by": date(2022, 5, 1), "limit_confirmed": False}
    return Cadre.enrol(**{**given, **about})


def test_only_who_is_new_is_trained_by_a_day():
    """Somebody who was in post already has no day of his own."""
    assert date(2022, 5, 1) == enrolled().train_by
    assert date(2022, 5, 1) == enrolled(how="rotated").train_by
    assert enrolled(how="standing").train_by is None


def test_a_resident_has_a_village():
    """A town is not enough for a member of a resident team."""
    with pytest.raises(OutsideTownError):
        enrolled(kind="resident")
    assert "610327109203" == enrolled(kind="resident", area_code="610327109203").area_code


def test_one_leaves_once_and_not_before_the_first_day():
    """The first day may be the last; a day before it, and a second leaving, are refused."""
    one = enrolled()
    with pytest.raises(FieldWorkStepError):
        one.leave(on=date(2022, 3, 31))
    one.leave(on=SINCE)
    with pytest.raises(FieldWorkStepError):
        one.leave(on=date(2022, 6, 1))
    assert [SINCE] == [fact.on for fact in one.facts if isinstance(fact, Left)]
