import pytest

from services.finance import bootstrap


def test_one_part_that_fails_keeps_no_other_from_its_turn(service, monkeypatch):
    """With the loans failing the keepers' pay is looked after all the same."""
    done: list[str] = []

    def fail(*_: object) -> int:
        raise KeyError

    def owe(*_: object) -> int:
        done.append("keepers")
        return 1

    monkeypatch.setattr(bootstrap, "find_overdue_loans", fail)
    monkeypatch.setattr(bootstrap, "owe_keepers", owe)
    with pytest.raises(KeyError):
        service.sweep()
    assert ["keepers"] == done
