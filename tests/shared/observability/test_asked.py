from shared.observability import asked
from shared.observability.asked import Backlog, Figure
from shared.observability.metrics import ServiceMetrics


def test_an_outage_does_not_hide_the_rest():
    """With the database away the other metrics are still told, and the backlog is not guessed."""

    def away() -> Backlog:
        raise OSError("away")

    metrics = ServiceMetrics("finance", away)
    metrics.refused("x")
    assert b'shouxian_database_up{service="finance"} 0.0' in metrics.text()
    assert b'shouxian_refusals_total{code="x",service="finance"} 1.0' in metrics.text()
    assert b"outbox_oldest" not in metrics.text()


def test_figures_are_counted_seldom(monkeypatch):
    """However many scrape, the business is counted once in a while; afterwards anew."""
    counted: list[int] = []

    def count() -> list[Figure]:
        counted.append(1)
        return [Figure("loans", "Loans", len(counted))]

    metrics = ServiceMetrics("finance", figures=count)
    assert [True, True] == [b'shouxian_loans{service="finance"} 1.0' in metrics.text() for _ in range(2)]
    monkeypatch.setattr(asked, "FIGURES_KEPT", 0.0)
    other = ServiceMetrics("finance", figures=count)
    assert [2.0, 3.0] == [
        float(other.text().decode().split('shouxian_loans{service="finance"} ')[1][:3]) for _ in range(2)
    ]


def test_the_backlog_is_asked_each_time():
    """What pages somebody is as new as the scrape."""
    waits = iter((5.0, 0.0))
    metrics = ServiceMetrics("finance", lambda: Backlog(next(waits)))
    assert b'outbox_oldest_age_seconds{service="finance"} 5.0' in metrics.text()
    assert b'outbox_oldest_age_seconds{service="finance"} 0.0' in metrics.text()
