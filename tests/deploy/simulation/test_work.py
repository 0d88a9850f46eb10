from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from deploy.simulation import work as work_module
from deploy.simulation.work import Work


@pytest.mark.parametrize(("expected", "asked_on"), [(0, date(2022, 9, 3)), (1, date(2022, 9, 4))])
def test_the_last_day_of_a_job_is_no_first_day_of_another(monkeypatch, expected, asked_on):
    """Who lost a job today begins the next one tomorrow at the earliest: two on one day are refused."""
    begun: list[str] = []
    employment = SimpleNamespace(uow=lambda: None, policy=None)
    world: Any = SimpleNamespace(county=SimpleNamespace(employment=employment), agenda=_Agenda())
    chance: Any = _Chance()
    work = Work(world)

    def start_job(*_):
        begun.append("job")
        return "job-2"

    monkeypatch.setattr(work_module, "start_job", start_job)
    monkeypatch.setattr(work_module, "end_job", lambda *_: None)
    monkeypatch.setattr(work_module, "_job", lambda *_: None)
    work._jobs["p1"] = "job-1"
    work._lose("p1", "job-1", chance, date(2022, 9, 3))
    work._again("p1", chance, asked_on)
    assert expected == len(begun)


class _Agenda:
    def after(self, *_):
        pass


class _Chance:
    def number(self, least, _most):
        return least
