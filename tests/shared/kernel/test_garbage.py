import gc

import pytest

from shared.kernel.garbage import collector_paused, keep_from_collector


def test_the_collector_rests_until_the_last_is_done():
    """Nested pauses end together, and an error ends them as well."""
    with collector_paused():
        with pytest.raises(ZeroDivisionError), collector_paused():
            _ = 1 / 0
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_kept_is_not_walked_again():
    """What is there leaves the collector's lists."""
    made = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    keep_from_collector()
    try:
        assert gc.get_freeze_count() >= before + len(made)
    finally:
        gc.unfreeze()
