from datetime import date

import pytest

from services.evaluation.domain.dispatch.errors import EmptyTextError, FutureDayError, UnknownDispatchError
from services.evaluation.domain.dispatch.progress import Problem
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.service_layer.dispatch.progress import (
    FileProgress,
    ReturnProgress,
    file_progress,
    return_progress,
)
from shared.kernel.errors import StaleVersionError
from shared.kernel.ids import derived_id
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told, units

REPORT = derived_id("progress", "town", "", "610327109", "202301")


@pytest.fixture(name="owed")
def _owed(service):
    service.sweep()
    return service


def filing(**about):
    """Return a filing of the town's January."""
    return FileProgress(**{"report_id": REPORT, "on": TODAY, "tasks_due": 5, "tasks_done": 4, **about})


def test_figures_are_told_and_words_are_not(owed):
    """The event has numbers of tasks, money and problems; what people wrote stays in this office."""
    problem = Problem("缺少管材", "县水利局", date(2023, 2, 1))
    file_progress(filing(problems=[problem], money_fen=100, help_asked="请协调"), owed.uow(), units(owed))
    (event,) = told(owed, "progress_filed")
    assert (1, 5, 4, 100, 1, True) == tuple(
        event[name] for name in ("number", "tasks_due", "tasks_done", "money_fen", "problems", "help_asked")
    )
    assert "管材" not in str(event)
    assert "协调" not in str(event)


def test_sent_back_and_filed_again(owed):
    """Each filing and each return is told."""
    file_progress(filing(version=1), owed.uow(), units(owed))
    return_progress(ReturnProgress(report_id=REPORT, on=TODAY, reason="补充"), owed.uow())
    file_progress(filing(tasks_done=5), owed.uow(), units(owed))
    assert [1, 2] == sorted(one["number"] for one in told(owed, "progress_filed"))
    assert 1 == len(told(owed, "progress_returned"))


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        ({"report_id": "nobody"}, UnknownDispatchError),
        ({"on": date(2023, 1, 11)}, FutureDayError),
        ({"version": 7}, StaleVersionError),
        ({"problems": [Problem("x", "某局", TODAY)]}, UnknownUnitError),
    ],
)
def test_refused_and_nothing_told(owed, about, refusal):
    """A report nobody owes, a day to come, an old version, a unit nobody assesses."""
    with pytest.raises(refusal):
        file_progress(filing(**about), owed.uow(), units(owed))
    assert [] == told(owed, "progress_filed")


def test_a_return_has_a_reason(owed):
    """Nothing is sent back without one."""
    file_progress(filing(), owed.uow(), units(owed))
    with pytest.raises(EmptyTextError):
        return_progress(ReturnProgress(report_id=REPORT, on=TODAY, reason=" "), owed.uow())
