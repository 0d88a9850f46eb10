import pytest

from shared.observability.sweeping import sweep_parts


def test_one_part_that_fails_keeps_no_other_from_its_turn():
    """The parts after it are done all the same; then what it raised is raised."""
    done = []

    def part(name):
        def act():
            done.append(name)
            if name == "second":
                raise KeyError(name)
            return 1

        return act

    parts = {name: part(name) for name in ("first", "second", "third")}
    with pytest.raises(KeyError, match="second"):
        sweep_parts(parts)
    assert ["first", "second", "third"] == done


def test_what_was_done_is_counted():
    """Without a failure the parts' numbers are added."""
    assert 5 == sweep_parts({"a": lambda: 2, "b": lambda: 3})


class Counting:
    """A watch that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []

    def swept(self, part: str, seconds: float, *, failed: bool) -> None:
        assert seconds >= 0
        self.told.append((part, failed))


def test_each_part_is_told_of():
    """Whoever watches hears of every part and whether it failed."""
    watch = Counting()

    def fail() -> int:
        raise KeyError

    with pytest.raises(KeyError):
        sweep_parts({"a": lambda: 2, "b": fail, "c": lambda: 1}, watch)
    assert [("a", False), ("b", True), ("c", False)] == watch.told
