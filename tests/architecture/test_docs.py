"""What the documents say of the tree is true."""

import re

import yaml

from tests.architecture.tree import ROOT

_PATH = re.compile(r"`((?:services|shared|deploy|tests|docs|bench)/[\w/.-]+\.\w+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")

_SHORT = re.compile(r"`([\w/.-]+/(?:[\w.-]+\.\w+)?)`")
_KEYS = re.compile(r"`(policy/[\w/]+\.yaml)`: (\w+(?:, \w+)*)")
_COVERED = (*range(1, 11), 14, 15, 16, 27, 28)
_SERVICE, _TESTS = ROOT / "services/monitoring", ROOT / "tests/monitoring"


def _documents():
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_file_named_in_a_document_exists() -> None:
    """A path in backticks, in the README or below docs, leads somewhere."""
    missing = [
        f"{document.relative_to(ROOT)}: {path}"
        for document in _documents()
        for path in _PATH.findall(document.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert not missing, "\n  ".join(["Named but not there:", *missing])


def test_every_link_of_a_document_leads_somewhere() -> None:
    """A relative link in the README or below docs has a target."""
    missing = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in _documents()
        for target in _LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not missing, "\n  ".join(["Linked but not there:", *missing])


def _coverage() -> str:
    return (ROOT / "docs/plan-coverage.md").read_text(encoding="utf-8")


def test_the_coverage_names_every_requirement_and_indicator() -> None:
    """Whatever the covered items ask for has its row, also what is not built."""
    plan = yaml.safe_load((ROOT / "services/evaluation/rules/work_points_2022.yaml").read_text())
    asked = [
        one["id"]
        for item in plan["items"]
        if item["id"] in _COVERED
        for one in (*item["requirements"], *item["indicators"])
    ]
    text = _coverage()
    assert asked
    assert [] == [one for one in asked if f"| {one} " not in text]


def test_the_coverage_says_where_by_paths_that_exist() -> None:
    """A short path is below the service, or below its tests when it is one."""
    missing = [
        path
        for path in _SHORT.findall(_coverage())
        if not path.startswith(("/", "services/", "shared/", "tests/"))
        and not ((_TESTS if "/test_" in path else _SERVICE) / path).exists()
    ]
    assert [] == missing


def test_the_coverage_calls_unconfirmed_what_the_policy_does() -> None:
    """Each key named stands in its file, and its newest value is not confirmed."""
    named = [(path, key) for path, keys in _KEYS.findall(_coverage()) for key in keys.split(", ")]
    files = {path: yaml.safe_load((_SERVICE / path).read_text()) for path, _ in named}
    wrong = [
        f"{path}: {key}"
        for path, key in named
        if key not in files[path] or [*files[path][key]["values"].values()][-1]["confirmed"]
    ]
    assert named
    assert [] == wrong


def test_the_readme_calls_things_what_the_pages_call_them() -> None:
    """Every label the README names to officials stands in a template or a form."""
    section = (ROOT / "README.md").read_text().split("## For an official")[1].split("\n## ")[0]
    slanted = re.findall(r"\*([^*\n]+)\*", re.sub(r"\*\*[^*]+\*\*", "", section))
    labels = {label for label in slanted if re.search(r"[\u4e00-\u9fff]", label)}
    folders = [*ROOT.glob("services/*/entrypoints/web"), ROOT / "shared/web", ROOT / "deploy/embedded"]
    pages = "".join(
        path.read_text() for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc"
    )
    assert len(labels) > 15
    assert [] == [label for label in sorted(labels) if label not in pages]
