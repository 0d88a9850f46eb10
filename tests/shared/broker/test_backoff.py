from shared.broker.backoff import BackOff


def test_pauses_grow_to_a_limit() -> None:
    """Each pause lies between half and all of a limit that doubles up to the longest."""
    pauses = BackOff(first=1, longest=5)
    for limit in (1, 2, 4, 5, 5):
        assert limit / 2 <= pauses.next() <= limit


def test_success_starts_over() -> None:
    """After a success the first pause is short again."""
    pauses = BackOff(first=1, longest=64)
    for _ in range(5):
        pauses.next()
    pauses.reset()
    assert pauses.next() <= 1


def test_many_failures() -> None:
    """A day of failures does not overflow."""
    pauses = BackOff()
    assert max(pauses.next() for _ in range(5000)) <= 5
