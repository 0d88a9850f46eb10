import pytest
from structlog.testing import capture_logs

from shared.broker.outage import AFTER_FAILURES, Outage

AWAY = ConnectionError()


def test_some_failures_are_no_outage():
    """What fails once or twice, as on a lock, is tried again soon, and nobody is told."""
    told: list[bool] = []
    outage = Outage("second", told.append)
    pauses = [outage.failed(AWAY) for _ in range(AFTER_FAILURES - 1)]
    outage.succeeded()
    outage.failed(AWAY)
    assert (False, []) == (outage.on, told)
    assert max(pauses) <= 0.2


def test_an_outage_is_told_once_and_ends_with_a_success():
    """Entering and leaving are one line and one signal each, however long it lasts."""
    told: list[bool] = []
    outage = Outage("second", told.append)
    with capture_logs() as lines:
        for _ in range(20):
            outage.failed(AWAY)
        assert outage.on
        outage.succeeded()
        outage.succeeded()
    assert ([True, False], False) == (told, outage.on)
    assert ["outage_began", "outage_ended"] == [
        line["event"] for line in lines if line["event"] != "batch_not_taken"
    ]


def test_probes_grow_rare():
    """The pauses between probes grow, up to some seconds, and no two workers' are the same."""
    outages = [Outage(f"r{n}") for n in range(20)]
    pauses = [[outage.failed(AWAY) for _ in range(12)] for outage in outages]
    for one in pauses:
        assert one[-1] >= 4
        assert max(one) <= 8
    assert len({one[-1] for one in pauses}) > 10
    assert sum(p[AFTER_FAILURES] for p in pauses) < sum(p[AFTER_FAILURES + 2] for p in pauses)


@pytest.mark.parametrize("outages", [1, 2])
def test_a_new_outage_begins_anew(outages):
    """After it ended, the next one starts with short pauses again."""
    outage = Outage("second")
    for _ in range(outages):
        first, *_others = [outage.failed(AWAY) for _ in range(10)]
        outage.succeeded()
    assert first <= 0.1
