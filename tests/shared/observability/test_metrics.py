import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from shared.observability.asked import Backlog, Figure, PoolUse
from shared.observability.metrics import ServiceMetrics
from shared.observability.personal_data import is_personal_field

LABELS = {
    "service", "method", "route", "status", "code", "outcome", "part", "kind", "state",
    "version", "revision", "python", "generation", "le",
}  # fmt: skip


def value(metrics: ServiceMetrics, name: str, **labels: str) -> float:
    """The one sample *name* with *labels*."""
    samples = [
        sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
        if sample.name == name and labels == {key: sample.labels.get(key) for key in labels}
    ]
    (only,) = samples
    return only


def everything() -> ServiceMetrics:
    metrics = ServiceMetrics(
        "finance",
        lambda: Backlog(12.5, waiting=4, set_aside={"defect": 3}, delayed=2, paused=True),
        figures=lambda: [Figure("loans", "Loans", 9, {"state": "overdue"})],
        pool=lambda: PoolUse(2, 10),
        lag=lambda: 7.0,
        board_age=lambda: None,
        connected=lambda: False,
    )
    metrics.served("POST", "/loans/{loan_id}", 303, 0.02)
    metrics.served("BREW", "/loans/{loan_id}", 405, 0.02)
    metrics.refused("loan_too_large")
    metrics.relayed(40, 0.01)
    metrics.relay_failed()
    metrics.took(admitted=7, repeated=2, set_aside=1, seconds=0.3, ages=[1.0, 3.0])
    metrics.scored([2.0])
    metrics.batch_failed()
    metrics.outage(True)
    metrics.swept("loans", 0.2, failed=False)
    metrics.swept("keepers", 0.2, failed=True)
    return metrics


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("http_requests_total", {"method": "POST", "route": "/loans/{loan_id}", "status": "303"}, 1),
        ("http_requests_total", {"method": "other", "status": "405"}, 1),
        ("http_request_duration_seconds_count", {"method": "POST", "route": "/loans/{loan_id}"}, 1),
        ("refusals_total", {"code": "loan_too_large"}, 1),
        ("events_relayed_total", {}, 40),
        ("relay_failures_total", {}, 1),
        ("events_taken_total", {"outcome": "admitted"}, 7),
        ("events_taken_total", {"outcome": "repeated"}, 2),
        ("events_taken_total", {"outcome": "set_aside"}, 1),
        ("event_age_at_intake_seconds_sum", {}, 4),
        ("change_to_score_seconds_count", {}, 1),
        ("batch_events_sum", {}, 10),
        ("batch_failures_total", {}, 1),
        ("reader_outage", {}, 1),
        ("sweep_failures_total", {"part": "loans"}, 0),
        ("sweep_failures_total", {"part": "keepers"}, 1),
        ("sweep_duration_seconds_count", {"part": "loans"}, 1),
        ("outbox_oldest_age_seconds", {}, 12.5),
        ("outbox_waiting_events", {}, 4),
        ("set_aside_events", {"kind": "defect"}, 3),
        ("set_aside_events", {"kind": "refused"}, 0),
        ("delayed_events", {}, 2),
        ("reader_paused", {}, 1),
        ("inbox_lag_seconds", {}, 7),
        ("reader_connected", {}, 0),
        ("database_pool_in_use_connections", {}, 2),
        ("database_pool_max_connections", {}, 10),
        ("database_up", {}, 1),
        ("loans", {"state": "overdue"}, 9),
        ("build_info", {}, 1),
    ],
)
def test_what_is_counted(name, labels, expected):
    """Each thing that happened is in its metric, under its service and labels."""
    assert expected == value(everything(), f"shouxian_{name}", service="finance", **labels)


def test_names_and_labels():
    """Every name begins with the product's; no label could hold a person, an id or an address."""
    for family in text_string_to_metric_families(everything().text().decode()):
        assert re.fullmatch(r"(?:shouxian|process|python)_[a-z_]+", family.name)
        for sample in family.samples:
            assert set(sample.labels) <= LABELS
            assert not any(map(is_personal_field, sample.labels))
            assert not sample.name.endswith("_created")


def test_the_unknown_is_not_told():
    """A gauge that has no answer yet is left out instead of guessed."""
    assert b"shouxian_board_age_seconds" not in everything().text()
    assert b"shouxian_inbox_lag_seconds" not in ServiceMetrics("finance").text()


def test_services_do_not_share():
    """Two services in one process count apart."""
    one, other = ServiceMetrics("finance"), ServiceMetrics("finance")
    one.relayed(5, 0.1)
    assert value(one, "shouxian_events_relayed_total") == 5
    assert b'shouxian_events_relayed_total{service="finance"} 5.0' not in other.text()
