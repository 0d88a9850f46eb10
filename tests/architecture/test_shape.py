"""The tree has the shape that docs/house-rules.md describes: layers, names, sizes, words."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SERVICES, classes, does_something, functions, modules, syntax

CODE = ("services", "shared", "deploy", "bench")
LAYERS = ("domain", "service_layer", "adapters", "entrypoints")
FIXED_FILES = (
    "bootstrap.py",
    "settings.py",
    "domain/errors.py",
    "service_layer/ports.py",
    "service_layer/publishing.py",
    "adapters/tables.py",
    "adapters/read_models.py",
    "adapters/unit_of_work.py",
    "entrypoints/cli.py",
    "entrypoints/worker.py",
    "entrypoints/web/app.py",
    "migrations/env.py",
)
NAMES_THAT_SAY_NOTHING = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}
MODULE_LINES = 400
FUNCTION_LINES = 50
AGGREGATE = "Aggregate"


def _lines(title: str, findings: Iterable[object]) -> str:
    return "\n  ".join([title, *map(str, findings)])


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_four_layers(service: str) -> None:
    """Each layer of each service is a package of that name."""
    missing = [
        layer for layer in LAYERS if not (ROOT / "services" / service / layer / "__init__.py").is_file()
    ]
    assert not missing, _lines(f"services/{service} lacks the layers:", missing)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_fixed_files(service: str) -> None:
    """Whoever knows one service finds the same files in the others."""
    folder = ROOT / "services" / service
    missing = [
        name
        for name in FIXED_FILES
        # What outgrew one file is a package of the same name.
        if not (folder / name).is_file() and not (folder / name.removesuffix(".py") / "__init__.py").is_file()
    ]
    assert not missing, _lines(f"services/{service} lacks:", missing)


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without ``__init__.py`` would escape mypy and import-linter."""
    folders = {
        path.parent for path in modules("services", "shared", "deploy") if "migrations" not in path.parts
    }
    missing = sorted(folder for folder in folders if not (ROOT / folder / "__init__.py").is_file())
    assert not missing, _lines("Folders without __init__.py:", missing)


def test_no_module_has_a_name_that_says_nothing() -> None:
    """``utils`` and its kin collect what has no place."""
    bad = [path for path in modules(*CODE, "tests") if path.stem.lstrip("_") in NAMES_THAT_SAY_NOTHING]
    bad += [
        path
        for path in modules(*CODE, "tests")
        if NAMES_THAT_SAY_NOTHING.intersection(path.parts[:-1]) and path.name == "__init__.py"
    ]
    assert not bad, _lines("Name these after their noun:", bad)


def test_no_module_is_too_long() -> None:
    """A module has at most 400 lines."""
    counted = [
        (len((ROOT / path).read_text(encoding="utf-8").splitlines()), path)
        for path in modules(*CODE, "tests")
        if "versions" not in path.parts  # a migration is read once
    ]
    too_long = [f"{count} {path}" for count, path in sorted(counted, reverse=True) if count > MODULE_LINES]
    assert not too_long, _lines("Split by noun:", too_long)


def test_no_function_is_too_long() -> None:
    """A function has at most 50 lines."""
    too_long = [
        f"{(node.end_lineno or node.lineno) - node.lineno + 1} {path}:{node.lineno} {node.name}"
        for path in modules(*CODE, "tests")
        if "versions" not in path.parts
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not too_long, _lines("Split what they do:", too_long)


def test_every_module_says_what_lives_there() -> None:
    """A module that holds anything starts with a sentence."""
    silent = [path for path in modules(*CODE) if syntax(path).body and not ast.get_docstring(syntax(path))]
    assert not silent, _lines("Modules without a first line:", silent)


def test_every_test_states_its_claim() -> None:
    """A test's docstring is what it claims."""
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path in modules("tests")
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not silent, _lines("Tests without a claim:", silent)


def test_tests_mirror_the_rules() -> None:
    """Each module of a domain or service layer that does something has the test file of its name."""
    missing = [
        f"{path} -> {expected}"
        for path in modules("services")
        if len(path.parts) > 3 and path.parts[2] in {"domain", "service_layer"} and path.name != "__init__.py"
        if any(node.name != "_" and does_something(node) for node in functions(path))  # `_` is registered
        if not (ROOT / (expected := _test_of(path))).is_file()
    ]
    assert not missing, _lines("Modules without their test file:", missing)


def _test_of(path: Path) -> Path:
    return Path("tests", *path.parts[1:-1], f"test_{path.name}")


def test_time_is_read_in_one_place() -> None:
    """Only the kernel's clock asks the machine what time it is."""
    reads = re.compile(r"\b(?:datetime|date)\.(?:now|utcnow|today)\(|\btime\.(?:time|localtime|gmtime)\(")
    found = [
        f"{path}:{number}"
        for path in modules(*CODE)
        if path != Path("shared/kernel/clock.py") and path.parts[0] != "bench"
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if reads.search(line)
    ]
    assert not found, _lines("Let the clock come in instead:", found)


def test_every_aggregate_is_in_the_glossary() -> None:
    """A noun that the glossary does not explain may not be an aggregate."""
    aggregates = [
        (node.name, path)
        for path in modules("services")
        if "domain" in path.parts
        for node in classes(path)
        if AGGREGATE in {getattr(parent, "id", getattr(parent, "attr", "")) for parent in node.bases}
    ]
    glossary = ROOT / "docs" / "glossary.md"
    text = glossary.read_text(encoding="utf-8") if glossary.is_file() else ""
    unknown = [f"{name} ({path})" for name, path in aggregates if not re.search(rf"\b{name}\b", text)]
    assert not unknown, _lines("Not in docs/glossary.md:", unknown)
