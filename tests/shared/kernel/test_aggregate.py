import pytest

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import StaleVersionError


@pytest.mark.parametrize("seen", [None, 3])
def test_what_was_seen_is_what_is_there(seen):
    """The version the person saw, or none given, lets the act go on."""
    aggregate = Aggregate(version=3)
    aggregate.expect_version(seen)
    assert 3 == aggregate.version


@pytest.mark.parametrize("seen", [0, 2, 4])
def test_what_has_changed_since_is_refused(seen):
    """Any other version is stale, also one that is not there yet."""
    with pytest.raises(StaleVersionError):
        Aggregate(version=3).expect_version(seen)
