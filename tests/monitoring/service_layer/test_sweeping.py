import pytest

from services.monitoring.service_layer.sweeping import sweep_parts


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
