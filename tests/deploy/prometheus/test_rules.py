"""promtool reads every rule, and tries each alert: where it must fire, and where it must not."""

import functools
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.server import find_program

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "deploy/prometheus"
RULES = sorted((FOLDER / "rules").glob("*.yml"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@functools.cache
def alerts() -> dict[str, dict[str, Any]]:
    """Every alert by its name."""
    rules = [rule for path in RULES for group in read(path)["groups"] for rule in group["rules"]]
    return {rule["alert"]: rule for rule in rules if "alert" in rule}


@functools.cache
def cases() -> dict[str, dict[str, Any]]:
    return dict(read(Path(__file__).with_name("cases.yaml")))


def promtool(*arguments: object, cwd: Path = FOLDER) -> subprocess.CompletedProcess[str]:
    """Run promtool; it is required, `make install-services` brings it."""
    command = [str(find_program("promtool")), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def filled(text: str, labels: dict[str, str]) -> str:
    return re.sub(r"\{\{ \$labels\.(\w+) \}\}", lambda found: labels.get(found[1], ""), text)


def tried(name: str, course: dict[str, Any], *, fires: bool) -> dict[str, Any]:
    """One test as promtool wants it."""
    rule, expected = alerts()[name], []
    if fires:
        labels = dict(course["labels"])
        expected = [
            {
                "exp_labels": {**labels, **rule["labels"]},
                "exp_annotations": {key: filled(text, labels) for key, text in rule["annotations"].items()},
            }
        ]
    return {
        "interval": "1m",
        "input_series": [{"series": one, "values": values} for one, values in course["series"].items()],
        "alert_rule_test": [{"eval_time": course["at"], "alertname": name, "exp_alerts": expected}],
    }


def written(path: Path, document: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path


def outcome(tmp_path: Path, tests: dict[str, list[dict[str, Any]]]) -> subprocess.CompletedProcess[str]:
    """Try each alert beside what is recorded for it, without its neighbours: they cost most of the time."""
    recording = [str(path) for path in RULES if path.stem == "recording"]
    files = []
    for name, courses in sorted(tests.items()):
        alone = {"groups": [{"name": name, "rules": [alerts()[name]]}]}
        rules = [*recording, str(written(tmp_path / f"{name}.rules.yml", alone))]
        document = {"rule_files": rules, "evaluation_interval": "1m", "tests": courses}
        files.append(written(tmp_path / f"{name}.yml", document))
    return promtool("test", "rules", *files)


def test_the_configuration_is_read():
    """Prometheus takes its configuration with every rule file it names."""
    checked = promtool("check", "config", "prometheus.yml")
    assert 0 == checked.returncode, checked.stderr + checked.stdout
    assert checked.stdout.count("rules found") == len(RULES)


def test_every_alert_has_its_courses():
    """No alert is untried, and nothing is tried that is no alert."""
    assert sorted(alerts()) == sorted(cases())


def test_every_alert_fires_and_stays_silent(tmp_path):
    """Each alert fires when it should, with its labels and sentences, and does not when it should not."""
    tests = {
        name: [tried(name, case["fires" if fires else "silent"], fires=fires) for fires in (True, False)]
        for name, case in cases().items()
    }
    done = outcome(tmp_path, tests)
    assert 0 == done.returncode, done.stderr + done.stdout


@pytest.mark.parametrize("name", ["OutboxStuck", "SiteErrors"])
def test_the_trial_can_fail(name, tmp_path):
    """An alert that does not fire where it should, or fires where it should not, is noticed."""
    case = cases()[name]
    for course, fires in ((case["silent"] | {"labels": {}}, True), (case["fires"], False)):
        assert 0 != outcome(tmp_path, {name: [tried(name, course, fires=fires)]}).returncode


@pytest.mark.parametrize("name", sorted(alerts()))
def test_every_alert_says_what_to_do(name):
    """Each alert has a severity, a sentence in both languages, and its section in the runbook."""
    rule = alerts()[name]
    assert rule["labels"]["severity"] in {"page", "warning"}
    assert {"summary", "summary_en", "runbook"} == set(rule["annotations"])
    document, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert anchor == name.lower()
    runbook = (ROOT / document).read_text(encoding="utf-8")
    section = re.search(rf"(?ms)^### {name}$(.*?)(?=^##)", runbook + "\n##")
    assert section is not None, f"{document} has no section ### {name}"
    for word in ("**Sign**", "**Cause**", "**Do**", "**Wake**"):
        assert word in section[1]
