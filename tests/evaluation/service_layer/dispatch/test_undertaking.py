from datetime import date

import pytest

from services.evaluation.domain.dispatch.errors import DispatchStepError, UnknownDispatchError
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.service_layer.dispatch.undertaking import (
    EndUndertaking,
    MakeUndertaking,
    end_undertakings,
    make_undertakings,
    undertake,
)
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told, units

DUE = date(2023, 3, 1)


def project(**about):
    """Return a project of a department."""
    given = {"kind": "project", "text": "修渠", "unit": "县水利局", "made_on": TODAY, "due_on": DUE}
    return MakeUndertaking(**{**given, **about})


def test_many_at_once_are_told_without_their_words(service):
    """Each is told with unit and day; a town's own lies in the town; the text stays here."""
    ids = make_undertakings(
        [project(), project(kind="complaint", unit="610327109")], service.uow(), units(service)
    )
    events = told(service, "undertaking_made")
    assert set(ids) == {one["undertaking_id"] for one in events}
    assert {"", "610327109"} == {one["area_code"] for one in events}
    assert "修渠" not in str(events)


def test_all_or_none(service):
    """One unit nobody assesses, and nothing is kept."""
    with pytest.raises(UnknownUnitError):
        make_undertakings([project(), project(unit="某局")], service.uow(), units(service))
    assert [] == told(service, "undertaking_made")


def test_done_and_dropped(service):
    """Each end is told once; what has ended does not end again."""
    one, other = make_undertakings([project(), project()], service.uow(), units(service))
    ends = [
        EndUndertaking(undertaking_id=one, on=TODAY, result="完成"),
        EndUndertaking(undertaking_id=other, on=TODAY, result="取消", dropped=True),
    ]
    end_undertakings(ends, service.uow())
    assert [one] == [event["undertaking_id"] for event in told(service, "undertaking_done")]
    assert [other] == [event["undertaking_id"] for event in told(service, "undertaking_dropped")]
    with pytest.raises(DispatchStepError):
        end_undertakings(ends, service.uow())
    with pytest.raises(UnknownDispatchError):
        end_undertakings([EndUndertaking(undertaking_id="x", on=TODAY, result="y")], service.uow())


def test_inside_a_transaction_nothing_is_kept_without_its_commit(service):
    """Whoever opened the transaction decides."""
    uow = service.uow()
    with uow:
        assert 1 == len(undertake([project()], uow, units(service)))
    assert [] == told(service, "undertaking_made")
