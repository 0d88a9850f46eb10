"""docs/plan-coverage.md is true: every requirement and indicator, each path, address, event and figure."""

import functools
import importlib
import pkgutil
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.tree import ROOT, SERVICES

_EVALUATION = ROOT / "services/evaluation"
_PATH = re.compile(r"`([\w/.-]+/(?:[\w.-]+\.\w+)?)`")
_KEYS = re.compile(r"`((?:services/\w+/)?policy/[\w/]+\.yaml)`: ([\w-]+(?:, [\w-]+)*)")
_EVENT = re.compile(r"`((?:employment|finance|evaluation)\.[a-z_]+)`")
_ADDRESS = re.compile(r"`(/[^`]*)`")
_HANDED_IN = ("report_rule_", "report_due_days", "report_year_end_due")
"""Figures of every report; the page says once that they are proposals."""


@functools.cache
def _page() -> str:
    return (ROOT / "docs/plan-coverage.md").read_text(encoding="utf-8")


@functools.cache
def _plan() -> list[dict[str, Any]]:
    text = (_EVALUATION / "rules/work_points_2022.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["items"])


@functools.cache
def _rules() -> dict[str, dict[str, Any]]:
    text = (_EVALUATION / "rules/indicators_2022.yaml").read_text(encoding="utf-8")
    return {rule["id"]: rule for rule in yaml.safe_load(text)["indicators"]}


@functools.cache
def _figures() -> dict[str, Any]:
    files = sorted((_EVALUATION / "policy").glob("*.yaml"))
    return {key: one for file in files for key, one in yaml.safe_load(file.read_text()).items()}


@functools.cache
def _counted() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the module and the facts of each counting."""
    package = importlib.import_module("services.evaluation.domain.counted")
    return {
        counting.name: (found.name, counting.facts)
        for found in pkgutil.iter_modules(package.__path__)
        for counting in getattr(importlib.import_module(f"{package.__name__}.{found.name}"), "COUNTINGS", ())
    }


def _sections() -> list[tuple[str, str]]:
    """Return the page by headings, each part with the service its heading names."""
    parts = re.split(r"(?m)^## ", _page())[1:]
    named = [re.search(rf"\(({'|'.join(SERVICES)})\)$", part.splitlines()[0]) for part in parts]
    return [(one[1] if one else "monitoring", part) for one, part in zip(named, parts, strict=True)]


def _newest(figure: Mapping[str, Any]) -> dict[str, Any]:
    return dict([*figure["values"].values()][-1])


def _names(rule: Mapping[str, Any]) -> list[str]:
    return [*rule["counts"], *rule.get("department_counts", ())]


def _reported(rule: Mapping[str, Any]) -> bool:
    return all(_counted()[name][0] == "reporting" for name in _names(rule))


def _told_by(indicator: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    """Return the events the indicator is counted from, or who reports it."""
    if _reported(rule):
        reporter = _newest(_figures()[f"report_rule_{indicator['id']}"])["value"]["reporter"]
        return f"填报: {indicator.get('reported_by') or reporter}"
    facts = dict.fromkeys(fact for name in _names(rule) for fact in _counted()[name][1])
    return ", ".join(f"`{fact.removeprefix('monitoring.')}`" for fact in facts)


def _where_counted(indicator: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    modules = dict.fromkeys(_counted()[name][0] for name in _names(rule))
    words = [f"`{module}`" for module in modules]
    if _reported(rule) and indicator["mode"] != "reported":
        words.append("meanwhile")
    return ", ".join([*words, *(["shown only"] if rule.get("scored") is False else [])])


def _unconfirmed(indicator: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    source = str(indicator["target"]["source"])
    given = source.startswith("plan") and "proposal" not in source
    keys = [
        key
        for key in rule.get("figures", ())
        if not key.startswith(_HANDED_IN) and not _newest(_figures()[key])["confirmed"]
    ]
    return ", ".join([*([] if given else ["target"]), *(f"`{key}`" for key in keys)]) or "–"


def test_every_requirement_has_its_row() -> None:
    """Whatever an item asks for has its row, also what is not built."""
    asked = [one["id"] for item in _plan() for one in item["requirements"]]
    assert len(asked) == 173
    assert [] == [one for one in asked if f"| {one} " not in _page()]


def test_every_indicator_has_the_row_the_rules_give() -> None:
    """From which events, counted where, what of it nobody confirmed: as code and rules have it."""
    wrong = []
    for indicator in (one for item in _plan() for one in item["indicators"]):
        rule = _rules()[indicator["id"]]
        told, *last = (one(indicator, rule) for one in (_told_by, _where_counted, _unconfirmed))
        row = rf"\| {re.escape(indicator['id'])} .* \| {re.escape(told)}(?:; [^|]*)? \| " + r" \| ".join(
            map(re.escape, last)
        )
        if not re.search(rf"(?m)^{row} \|$", _page()):
            wrong.append(f"| {indicator['id']} {indicator['name']} | {told} | {' | '.join(last)} |")
    assert not wrong, "\n  ".join(["Should be in docs/plan-coverage.md:", *wrong])


def test_the_numbers_of_indicators_are_those_of_the_rules() -> None:
    """How many are counted, shown only, reported, and reported meanwhile."""
    mode = {one["id"]: one["mode"] for item in _plan() for one in item["indicators"]}
    reported = {name for name, rule in _rules().items() if _reported(rule)}
    shown = {name for name, rule in _rules().items() if rule.get("scored") is False}
    meanwhile = {name for name in reported if mode[name] != "reported"}
    counted, sentence = set(mode) - reported - shown, re.sub(r"\s+", " ", _page())
    assert f"Of the {len(mode)} indicators {len(counted)} are counted from events" in sentence
    assert f"{len(shown)} more are counted and shown without points ({', '.join(sorted(shown))})" in sentence
    assert f"{len(reported - meanwhile)} are reported 填报" in sentence
    assert f"{len(meanwhile)} automatic ones are reported meanwhile" in sentence
    assert f"yet ({', '.join(sorted(meanwhile))})" in sentence


def test_what_is_counted_was_worked_by_hand() -> None:
    """Each module of countings has its test, each counted indicator a case, but for those named."""
    tests = ROOT / "tests/evaluation/domain"
    modules = {module for module, _ in _counted().values()}
    assert set() == {one for one in modules if not (tests / f"counted/test_{one}.py").exists()}
    cases = [case for file in tests.glob("cases/*.yaml") for case in yaml.safe_load(file.read_text())]
    counted = {name for name, rule in _rules().items() if not _reported(rule)}
    without = counted - {case.get("indicator") for case in cases}
    page = re.sub(r"\s+", " ", _page())
    named = re.search(r"every counted indicator has one but (.*?);", page)
    assert named
    assert sorted(without) == sorted(re.findall(r"I\d\d-\d+", re.sub(r"\(.*?\)", "", named[1])))


def test_what_is_not_set_is_named() -> None:
    """Indicators whose base nobody has entered are on the page, and no others."""
    empty = {key for key, one in _figures().items() if "values" in one and _newest(one)["value"] is None}
    waiting = sorted(name for name, rule in _rules().items() if empty.intersection(rule.get("figures", ())))
    assert f"held against: {', '.join(waiting)}." in re.sub(r"\s+", " ", _page())


def test_paths_exist() -> None:
    """A short path is below the service of its section, or below that service's tests when it is one."""
    missing = [
        f"{service}: {path}"
        for service, part in _sections()
        for path in _PATH.findall(part)
        if not path.startswith(("/", "services/", "shared/", "tests/", "deploy/", "bench/"))
        and not (ROOT / ("tests" if "/test_" in path else "services") / service / path).exists()
    ]
    assert [] == missing


def test_figures_called_unconfirmed_are() -> None:
    """Each key named stands in its file, and its newest value is not confirmed."""
    named = [
        (Path(path if path.startswith("services/") else f"services/{service}/{path}"), key)
        for service, part in _sections()
        for path, keys in _KEYS.findall(part)
        for key in keys.split(", ")
    ]
    files = {path: yaml.safe_load((ROOT / path).read_text()) for path, _ in named}
    assert named
    assert [] == [
        f"{path}: {key}"
        for path, key in named
        if key not in files[path] or _newest(files[path][key])["confirmed"]
    ]


def test_events_named_are_published() -> None:
    """An event with its service's name has a schema."""
    known = {
        f"{service}.{file.name.split('.')[0]}"
        for service in SERVICES
        for file in (ROOT / f"shared/contracts/{service}/schemas").glob("*.json")
    }
    assert known
    assert [] == sorted(set(_EVENT.findall(_page())) - known)


@pytest.mark.parametrize("service", SERVICES)
def test_addresses_open_a_page(service) -> None:
    """An address is one of the site of its section's service."""
    sections = importlib.import_module(f"services.{service}.entrypoints.web.app").SECTIONS
    open_ = {one.path for section in sections for one in (*section.pages, *section.actions)}
    named = {path for of, part in _sections() if of == service for path in _ADDRESS.findall(part)}
    assert named
    assert [] == sorted(named - open_)
