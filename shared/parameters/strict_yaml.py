"""YAML as policy files use it: no floats, nothing of YAML 1.1, no key twice, errors that say where."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode


class ParameterFileError(ValueError):
    """A policy file cannot be used. Stops the start-up: nothing runs on a figure nobody can read.

    Says which *file*, which *key* (a dotted path, or a line where there is no key
    yet) and *why*.
    """

    def __init__(self, file: Path, key: str, why: str) -> None:
        self.file = file
        self.key = key
        self.why = why
        super().__init__(f"{file}: {key}: {why}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's *data*, and the SHA-256 of its bytes: a score says which files it was made with."""

    file: Path
    data: Any
    sha256: str


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml reads five times as fast
    """Reads ``true``/``false``, whole numbers, decimals, days and ``null``; everything else is text.

    So ``on``, ``no``, ``007`` and ``1:30`` stay what was written, which YAML 1.1
    would turn into booleans, octal and base 60.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  (PyYAML's own shape)


def _read_as(convert: Callable[[str], object], pattern: str) -> Callable[[_Loader, ScalarNode], object]:
    """Return a constructor; the pattern is tried again because a tag such as ``!!float`` goes round it."""
    form = re.compile(pattern)

    def read(_loader: _Loader, node: ScalarNode) -> object:
        if not form.fullmatch(node.value):
            why = f"{node.value} is not written as policy files write it"
            raise ConstructorError(None, None, why, node.start_mark)
        try:
            return convert(node.value)
        except ValueError as error:
            raise ConstructorError(None, None, f"{node.value}: {error}", node.start_mark) from error

    return read


def _mapping(loader: _Loader, node: Node) -> dict[Any, Any]:
    if not isinstance(node, MappingNode):
        raise ConstructorError(None, None, "not a mapping", node.start_mark)
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            twice = key in mapping
        except TypeError as error:
            raise ConstructorError(None, None, "a key must be plain", key_node.start_mark) from error
        if twice:
            raise ConstructorError(None, None, f"{key} is given twice", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_WHOLE = "-?(?:0|[1-9][0-9]*)"
_DECIMAL = rf"{_WHOLE}\.[0-9]+"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DIGITS = "-0123456789"
for _kind, _pattern, _first in (
    ("bool", "true|false", "tf"),
    ("null", "null|~|", "n~"),
    ("int", _WHOLE, _DIGITS),
    ("float", _DECIMAL, _DIGITS),
    ("timestamp", _DAY, _DIGITS),
):
    _firsts = [*_first, ""] if _kind == "null" else list(_first)
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_pattern})\\Z"), _firsts)
_Loader.add_constructor("tag:yaml.org,2002:int", _read_as(int, _WHOLE))
_Loader.add_constructor("tag:yaml.org,2002:float", _read_as(Decimal, _DECIMAL))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _read_as(date.fromisoformat, _DAY))
_Loader.add_constructor("tag:yaml.org,2002:bool", _read_as(lambda text: text == "true", "true|false"))
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_document(file: Path) -> Document:
    """Read *file*. Days are ``date``, decimals ``Decimal``; raises ``ParameterFileError``."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ParameterFileError(file, "file", error.strerror or "cannot be read") from error
    try:
        data = yaml.load(raw.decode(), Loader=_Loader)  # noqa: S506  (a SafeLoader with fewer types)
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "file"
        raise ParameterFileError(file, where, error.problem or "is not YAML") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ParameterFileError(file, "file", f"is not YAML in UTF-8: {error}") from error
    return Document(file, data, hashlib.sha256(raw).hexdigest())
