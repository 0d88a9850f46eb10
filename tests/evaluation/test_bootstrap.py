import pytest

from services.evaluation import bootstrap


def test_one_part_that_fails_keeps_no_other_from_its_turn(service, monkeypatch):
    """With the first part of the sweep failing all the others have their turn."""
    done: list[str] = []

    def fail(*_: object) -> int:
        raise KeyError

    monkeypatch.setattr(bootstrap, "propose_for_overdue_orders", fail)

    def took(name: str) -> int:
        done.append(name)
        return 1

    others = ("propose_for_recurrences", "open_reporting_tasks", "mark_overdue_reports", "owe_dispatch")
    for name in others:
        monkeypatch.setattr(bootstrap, name, lambda *_, name=name: took(name))
    with pytest.raises(KeyError):
        service.sweep()
    assert list(others) == done
