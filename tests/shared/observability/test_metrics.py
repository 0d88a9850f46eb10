import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from shared.observability.metrics import Backlog, ServiceMetrics
from shared.observability.personal_data import is_personal_field


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
    metrics = ServiceMetrics("finance", lambda: Backlog(oldest_seconds=12.5, set_aside=3))
    metrics.served("POST", "/loans/{loan_id}", 303, 0.02)
    metrics.refused("loan_too_large")
    metrics.relayed(40, 0.01)
    metrics.relay_failed()
    metrics.took(admitted=7, repeated=2, set_aside=1, seconds=0.3)
    metrics.batch_failed()
    return metrics


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        (
            "finance_request_seconds_count",
            {"method": "POST", "route": "/loans/{loan_id}", "status": "303"},
            1,
        ),
        ("finance_refusals_total", {"code": "loan_too_large"}, 1),
        ("finance_events_relayed_total", {}, 40),
        ("finance_relay_failures_total", {}, 1),
        ("finance_events_taken_total", {"outcome": "admitted"}, 7),
        ("finance_events_taken_total", {"outcome": "repeated"}, 2),
        ("finance_events_taken_total", {"outcome": "set_aside"}, 1),
        ("finance_batch_events_sum", {}, 10),
        ("finance_batch_failures_total", {}, 1),
        ("finance_outbox_oldest_age_seconds", {}, 12.5),
        ("finance_inbox_set_aside_events", {}, 3),
        ("finance_database_up", {}, 1),
    ],
)
def test_what_is_counted(name, labels, expected):
    """Each thing that happened is in its metric, under its labels."""
    assert expected == value(everything(), name, **labels)


def test_names_and_labels():
    """Every name is the service's, in snake case with its unit; no label could hold a person or an id."""
    for family in text_string_to_metric_families(everything().text().decode()):
        assert re.fullmatch(
            r"finance_(?:[a-z_]+_)?(?:seconds|events|refusals|relayed|taken|failures|up)(?:_created)?",
            family.name,
        )
        for sample in family.samples:
            assert set(sample.labels) <= {"method", "route", "status", "code", "outcome", "le"}
            assert not any(map(is_personal_field, sample.labels))


def test_an_outage_does_not_hide_the_rest():
    """With the database away the other metrics are still told, and the backlog is not guessed."""

    def away() -> Backlog:
        raise OSError("away")

    metrics = ServiceMetrics("finance", away)
    metrics.refused("x")
    assert value(metrics, "finance_database_up") == 0
    assert value(metrics, "finance_refusals_total", code="x") == 1
    assert b"outbox_oldest" not in metrics.text()


def test_services_do_not_share():
    """Two services in one process count apart."""
    one, other = ServiceMetrics("finance"), ServiceMetrics("finance")
    one.relayed(5, 0.1)
    assert value(one, "finance_events_relayed_total") == 5
    assert value(other, "finance_events_relayed_total") == 0
