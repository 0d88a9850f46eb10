"""Dashboards and rules ask for what the code tells, and for nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.grafana.__main__ import FOLDER, written
from deploy.grafana.contents import DASHBOARDS
from shared.observability.asked import Backlog, Figure, PoolUse
from shared.observability.metrics import ServiceMetrics

ROOT = Path(__file__).parents[3]
FOREIGN = {
    "up",
    "ALERTS",
    "rabbitmq_detailed_queue_messages",
    "rabbitmq_detailed_queue_consumers",
    "rabbitmq_alarms_memory_used_watermark",
    "rabbitmq_alarms_free_disk_space_watermark",
}
"""What Prometheus itself and RabbitMQ's plugin tell."""


def figures() -> list[Figure]:
    """Every figure of the business, by the names in the code."""
    files = sorted((ROOT / "services").glob("*/adapters/figures.py"))
    assert 4 == len(files)
    names = {
        name
        for file in files
        for text in [file.read_text(encoding="utf-8")]
        for name in [
            *re.findall(r'Figure\(\s*"(\w+)"', text),
            *re.findall(r'^        "(\w+)": count', text, re.MULTILINE),
        ]
    }
    return [Figure(name, name, 1) for name in sorted(names)]


def told() -> set[str]:
    """The name of every series that a process tells when everything has happened once."""
    metrics = ServiceMetrics(
        "finance",
        Backlog,
        figures=figures,
        pool=lambda: PoolUse(1, 2),
        lag=lambda: 0.0,
        connected=lambda: True,
        board_age=lambda: 0.0,
    )
    metrics.served("GET", "/", 200, 0.1)
    metrics.refused("x")
    metrics.relayed(1, 0.1)
    metrics.relay_failed()
    metrics.took(admitted=1, repeated=0, set_aside=0, seconds=0.1, ages=[1.0])
    metrics.scored([1.0])
    metrics.batch_failed()
    metrics.outage(False)
    metrics.swept("loans", 0.1, failed=True)
    return {re.split(r"[{ ]", line)[0] for line in metrics.text().decode().splitlines() if line[0] != "#"}


def rules() -> list[dict[str, Any]]:
    files = sorted((ROOT / "deploy/prometheus/rules").glob("*.yml"))
    return [
        rule
        for file in files
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
        for rule in group["rules"]
    ]


def asked_in(expression: str) -> set[str]:
    """The metrics a PromQL expression asks for: names with an underscore or colon, and the two without."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", expression)
    bare = re.sub(r"\b(?:by|without|on|ignoring)\s*\([^)]*\)", "", bare)
    bare = re.sub(r"\{[^}]*\}", "", bare)
    words = set(re.findall(r"[a-zA-Z_][\w:]*(?!\w*\s*\()", bare))
    return {word for word in words if word in {"up", "ALERTS"} or "_" in word} - {
        "histogram_quantile", "label_replace",
    }  # fmt: skip


def questions(document: object) -> list[str]:
    """Every expression of a dashboard."""
    if isinstance(document, dict):
        own = [document["expr"]] if isinstance(document.get("expr"), str) else []
        return [*own, *(one for part in document.values() for one in questions(part))]
    if isinstance(document, list):
        return [one for part in document for one in questions(part)]
    return []


def known() -> set[str]:
    return told() | FOREIGN | {rule["record"] for rule in rules() if "record" in rule}


def test_what_is_asked_can_be_found():
    """The reading of an expression finds each metric and no function, label or grouping."""
    asked = asked_in('topk(3, sum by (service) (rate(a_total{x=~"b_c"}[5m]))) / service:d_e:rate5m > up')
    assert {"a_total", "service:d_e:rate5m", "up"} == asked


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.get("alert") or rule["record"])
def test_a_rule_asks_for_what_is_told(rule):
    """No rule waits for a metric that nobody tells: it would be silent for ever."""
    asked = asked_in(rule["expr"])
    assert asked
    assert set() == asked - known()


@pytest.mark.parametrize("name", sorted(DASHBOARDS))
def test_a_dashboard_asks_for_what_is_told(name):
    """No panel is empty because its metric does not exist."""
    asked = [asked_in(question) for question in questions(DASHBOARDS[name])]
    assert all(asked)
    assert set() == set().union(*asked) - known()


def test_everything_told_is_shown_or_watched():
    """What the code tells of itself is in a dashboard or a rule; a metric nobody looks at is not kept."""
    asked = {
        word
        for expression in [
            *(q for d in DASHBOARDS.values() for q in questions(d)),
            *(r["expr"] for r in rules()),
        ]
        for word in asked_in(expression)
    }
    roots = {re.sub(r"_(?:bucket|sum|count)$", "", word) for word in asked}
    ours = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in told() if name.startswith("shouxian_")}
    assert set() == ours - roots


@pytest.mark.parametrize("name", sorted(DASHBOARDS))
def test_a_dashboard_is_fit_to_be_loaded(name):
    """Its file is what the code makes; panels are numbered apart; no source is named but the variable."""
    document = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert written(DASHBOARDS[name]) == (FOLDER / name).read_text(encoding="utf-8")
    numbers = [panel["id"] for panel in document["panels"]]
    assert len(numbers) == len(set(numbers))
    sources = re.findall(r'"uid": "([^"]*)"', json.dumps(document["panels"]))
    assert {"${source}"} == set(sources)


def test_dashboards_are_told_apart():
    """Every dashboard has an identifier and a title of its own, and a file."""
    documents = list(DASHBOARDS.values())
    for key in ("uid", "title"):
        assert len(documents) == len({document[key] for document in documents})
    assert sorted(DASHBOARDS) == sorted(path.name for path in FOLDER.glob("*.json"))
