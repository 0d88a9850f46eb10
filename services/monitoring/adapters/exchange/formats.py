"""The formats of files: ``policy/exchange/*.yaml`` read, each code list's labels turned into codes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from services.monitoring.domain.comparison.row import ROWS, ListColumn, columns_of
from services.monitoring.domain.exchange.cell import Kind, label_key
from services.monitoring.domain.exchange.format import ColumnFormat, FileFormat
from shared.contracts.codes import Code, codes
from shared.parameters.strict_yaml import ParameterFileError, read_document

_LISTS = "_lists"
_KIND_OF: Mapping[str, Kind] = {
    "text": "text",
    "yuan": "yuan",
    "day": "day",
    "flag": "yes_no",
    "whole": "whole",
    "code": "code",
}
_PLACES = (
    ("town_name", "乡镇", "Town", ("乡(镇)", "镇", "所在乡镇")),
    ("village_name", "行政村", "Village", ("村", "村名", "所在村")),
)
"""Lists name the village; few carry its code."""
_FORMAT_KEYS = {"label", "target", "department", "list_kind", "source", "confirmed", "columns"}
_COLUMN_KEYS = {"field", "heading", "en", "kind", "aliases", "required", "most", "list", "also", "width"}


def load_formats(policy_dir: Path) -> Mapping[str, FileFormat]:
    """Return every format by its key; raises ParameterFileError for what is written wrong."""
    formats: dict[str, FileFormat] = {}
    for file in sorted((policy_dir / "exchange").glob("*.yaml")):
        for key, raw in read_document(file).data.items():
            made = department_formats(file, raw) if key == _LISTS else {key: _format(file, key, raw)}
            if double := sorted(set(made) & set(formats)):
                raise ParameterFileError(file, key, f"is the name of another format: {double}")
            formats |= made
    return MappingProxyType(formats)


def department_formats(file: Path, raw: Mapping[str, Any]) -> dict[str, FileFormat]:
    """Return the formats of the departments' lists, by kind: the columns of their rows under all names."""
    kinds = raw["kinds"]
    if unknown := sorted(set(kinds) ^ set(ROWS)):
        raise ParameterFileError(file, f"{_LISTS}.kinds", f"must be exactly those of ROWS: {unknown}")
    listed = codes()["department_list"]
    formats = {}
    for kind, aliases in kinds.items():
        words = listed.get(kind)
        columns = [
            _own_column(file, f"{_LISTS}.{kind}", one, {**raw["about"], **aliases})
            for one in columns_of(kind)
        ]
        places = [*columns[:3], *(_plain(*one) for one in _PLACES), *columns[3:]]
        formats[kind] = FileFormat(
            key=kind,
            zh=words.zh if words.zh.endswith("名单") else f"{words.zh}名单",
            en=f"list: {words.en}",
            target="list",
            columns=tuple(places),
            source=raw["source"],
            confirmed=raw["confirmed"],
            list_kind=kind,
        )
    return formats


def _own_column(file: Path, key: str, one: ListColumn, aliases: Mapping[str, Any]) -> ColumnFormat:
    about = {"id_number": "number", "name": "name"}
    written: dict[str, Any] = {
        "field": one.name,
        "heading": one.zh,
        "en": one.en,
        "kind": about.get(one.name, _KIND_OF[one.type]),
        "aliases": aliases.get(one.name, ()),
        # Whoever lacks an ID number may be found by name, birth date and village: the comparison says how.
        "required": not one.optional,
    }
    if one.codes:
        written["list"] = one.codes
    return _column(file, f"{key}.{one.name}", written)


def _plain(name: str, heading: str, en: str, aliases: tuple[str, ...]) -> ColumnFormat:
    return ColumnFormat(field=name, heading=heading, en=en, kind="name", aliases=aliases)


def _format(file: Path, key: str, raw: Mapping[str, Any]) -> FileFormat:
    _known(file, key, raw, _FORMAT_KEYS)
    try:
        columns = tuple(_column(file, f"{key}.{one.get('field')}", one) for one in raw["columns"])
        made = FileFormat(
            key=key,
            zh=raw["label"]["zh"],
            en=raw["label"]["en"],
            target=raw["target"],
            department=raw.get("department", ""),
            list_kind=raw.get("list_kind", ""),
            source=raw["source"],
            confirmed=raw["confirmed"],
            columns=columns,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ParameterFileError(file, key, f"is not a format: {error}") from error
    fields = [one.field for one in columns]
    headings = [heading for one in columns for heading in one.keys]
    for names in (fields, headings):
        if double := sorted({one for one in names if names.count(one) > 1}):
            raise ParameterFileError(file, key, f"has twice: {', '.join(double)}")
    if made.target not in ("registry", "list"):
        raise ParameterFileError(file, f"{key}.target", "must be registry or list")
    return made


def _column(file: Path, key: str, raw: Mapping[str, Any]) -> ColumnFormat:
    _known(file, key, raw, _COLUMN_KEYS)
    kind = raw.get("kind", "text")
    listed = raw.get("list", "")
    if kind not in get_args(Kind):
        raise ParameterFileError(file, key, f"{kind} is no kind of cell")
    if (kind in ("code", "codes")) != bool(listed or raw.get("also")):
        raise ParameterFileError(file, key, "a code has a list, nothing else has one")
    if listed and listed not in codes():
        raise ParameterFileError(file, key, f"there is no code list {listed}")
    known = list(codes()[listed]) if listed else []
    also = {str(label): str(code) for label, code in raw.get("also", {}).items()}
    return ColumnFormat(
        field=raw["field"],
        heading=raw["heading"],
        en=raw["en"],
        kind=kind,
        aliases=tuple(raw.get("aliases", ())),
        required=raw.get("required", False),
        most=raw.get("most", 200),
        code_list=listed,
        labels=MappingProxyType(_labels(known) | {label_key(one): code for one, code in also.items()}),
        names=MappingProxyType(
            {code: label for label, code in also.items()} | {one.value: one.zh for one in known}
        ),
        width=raw.get("width", 12),
    )


def _labels(known: list[Code]) -> dict[str, str]:
    """Return what a file may call each code: its names, the code itself, GB/T 4761's where there is one."""
    labels: dict[str, str] = {}
    for one in known:
        for name in _names(one):
            labels.setdefault(label_key(name), one.value)
    return labels


def _names(code: Code) -> Iterator[str]:
    yield code.zh
    yield code.en
    yield code.value
    if code.zh.startswith("之"):
        yield code.zh.removeprefix("之")
    if "gb4761" in code.extra:
        yield str(code.extra["gb4761"])
    elif code.value.isdigit():
        # Excel makes 1 of 001. Where GB/T 4761 is known too, one digit would be anybody's guess.
        yield str(int(code.value))


def _known(file: Path, key: str, raw: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(raw) - allowed):
        raise ParameterFileError(file, f"{key}.{unknown[0]}", "is not a key known here")
