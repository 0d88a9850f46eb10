"""Policy figures out of YAML files, each value with its day, its paper and its confirmation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from shared.parameters.figure import DatedFigure, FigureEntry, Label
from shared.parameters.strict_yaml import ParameterFileError, read_document

T = TypeVar("T")

_FIGURE_KEYS = frozenset({"label", "unit", "values", "note"})
_ENTRY_KEYS = frozenset({"value", "source", "confirmed", "note"})


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The figures of one file, and the SHA-256 of its bytes.

    Ask by kind (``whole``, ``decimal``, ``text``, ``flag``, ``many``): asking for a
    key that is not there, or is of another kind, raises ``ParameterFileError`` at
    start-up instead of failing on the day the figure is needed.
    """

    file: Path
    sha256: str
    figures: Mapping[str, DatedFigure[Any]]

    def __iter__(self) -> Iterator[DatedFigure[Any]]:
        return iter(self.figures.values())

    def whole(self, key: str) -> DatedFigure[int]:
        """Return the figure *key*, whose values are whole: fen, days, persons."""
        return self._of(int, key, "a whole number")

    def decimal(self, key: str) -> DatedFigure[Decimal]:
        """Return the figure *key* as ``Decimal``: a rate or a share; whole values are taken too."""
        figure = self._figure(key)
        if _kind(figure) is not int:
            return self._of(Decimal, key, "a decimal number")
        return _replace_values(figure, Decimal)

    def text(self, key: str) -> DatedFigure[str]:
        """Return the figure *key*, whose values are text, for instance a code."""
        return self._of(str, key, "text")

    def flag(self, key: str) -> DatedFigure[bool]:
        """Return the figure *key*, whose values are true or false."""
        return self._of(bool, key, "true or false")

    def many(self, key: str) -> DatedFigure[tuple[Any, ...]]:
        """Return the figure *key*, whose values are lists, as tuples."""
        return self._of(tuple, key, "a list")

    def table(self, key: str) -> DatedFigure[Mapping[Any, Any]]:
        """Return the figure *key*, whose values are mappings, read-only."""
        return self._of(MappingProxyType, key, "a mapping")

    def _figure(self, key: str) -> DatedFigure[Any]:
        try:
            return self.figures[key]
        except KeyError:
            raise ParameterFileError(self.file, key, "is missing") from None

    def _of(self, kind: type[Any], key: str, words: str) -> DatedFigure[Any]:
        figure = self._figure(key)
        if _kind(figure) not in (kind, type(None)):
            raise ParameterFileError(self.file, key, f"must be {words}")
        return figure


def load_figures(file: Path) -> PolicyFile:
    """Read every figure of *file*; raises ``ParameterFileError`` naming file, key and what is wrong."""
    document = read_document(file)
    if not isinstance(document.data, dict):
        raise ParameterFileError(file, "file", "must be a mapping of figures")
    figures = {str(key): figure_from(file, str(key), raw) for key, raw in document.data.items()}
    return PolicyFile(file, document.sha256, MappingProxyType(figures))


def figure_from(file: Path, key: str, raw: object) -> DatedFigure[Any]:
    """Return the figure written as *raw* under *key*: label, unit and dated values."""
    body = _mapping(file, key, raw, _FIGURE_KEYS)
    label = _label(file, f"{key}.label", body.get("label"))
    unit = _text(file, f"{key}.unit", body.get("unit"))
    if "yuan" in unit.split():
        raise ParameterFileError(file, f"{key}.unit", "money is in whole fen, not yuan")
    entries = dated_values(file, f"{key}.values", body.get("values"))
    kinds = {type(entry.value) for entry in entries}
    if "fen" in unit.split() and kinds - {int, type(None), tuple, MappingProxyType}:
        raise ParameterFileError(file, f"{key}.values", "money is in whole fen")
    return DatedFigure(key=key, label=label, unit=unit, entries=entries)


def dated_values(file: Path, key: str, raw: object) -> tuple[FigureEntry[Any], ...]:
    """Return the entries written as *raw*: a mapping of start days to value, source and confirmed."""
    if not isinstance(raw, dict) or not raw:
        raise ParameterFileError(file, key, "must be a mapping of start days to values, at least one")
    entries = [_entry(file, key, since, entry) for since, entry in raw.items()]
    kinds = {type(entry.value) for entry in entries} - {type(None)}
    if kinds == {int, Decimal}:
        entries = [_with_value(entry, Decimal) for entry in entries]
    elif len(kinds) > 1:
        raise ParameterFileError(file, key, "values are of different kinds")
    return tuple(sorted(entries, key=lambda entry: entry.since))


def _entry(file: Path, key: str, since: object, raw: object) -> FigureEntry[Any]:
    if type(since) is not date:
        raise ParameterFileError(file, f"{key}.{since}", "a start day is written 2021-05-01, without quotes")
    here = f"{key}.{since.isoformat()}"
    body = _mapping(file, here, raw, _ENTRY_KEYS)
    if "value" not in body:
        raise ParameterFileError(file, f"{here}.value", "is missing (null means repealed)")
    confirmed = body.get("confirmed")
    if not isinstance(confirmed, bool):
        raise ParameterFileError(file, f"{here}.confirmed", "must be true or false")
    return FigureEntry(
        since=since,
        value=_frozen(body["value"]),
        source=_text(file, f"{here}.source", body.get("source")),
        confirmed=confirmed,
        note=_text(file, f"{here}.note", body["note"]) if "note" in body else "",
    )


def _mapping(file: Path, key: str, raw: object, allowed: frozenset[str]) -> dict[Any, Any]:
    if not isinstance(raw, dict):
        raise ParameterFileError(file, key, f"must be a mapping of {', '.join(sorted(allowed))}")
    unknown = [str(name) for name in raw if name not in allowed]
    if unknown:
        raise ParameterFileError(file, f"{key}.{unknown[0]}", "is not a key known here")
    return raw


def _label(file: Path, key: str, raw: object) -> Label:
    body = _mapping(file, key, raw, frozenset({"zh", "en"}))
    return Label(
        zh=_text(file, f"{key}.zh", body.get("zh")),
        en=_text(file, f"{key}.en", body.get("en")),
    )


def _text(file: Path, key: str, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ParameterFileError(file, key, "must be given, as text")
    return raw.strip()


def _frozen(value: Any) -> Any:  # noqa: ANN401  (whatever YAML holds)
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return value


def _kind(figure: DatedFigure[Any]) -> type[Any]:
    kinds = [type(entry.value) for entry in figure.entries if entry.value is not None]
    return kinds[0] if kinds else type(None)


def _with_value(entry: FigureEntry[Any], convert: type[T]) -> FigureEntry[T]:
    value = None if entry.value is None else convert(entry.value)  # type: ignore[call-arg]
    return FigureEntry(entry.since, value, entry.source, entry.confirmed, entry.note)


def _replace_values(figure: DatedFigure[Any], convert: type[T]) -> DatedFigure[T]:
    entries = tuple(_with_value(entry, convert) for entry in figure.entries)
    return DatedFigure(key=figure.key, label=figure.label, unit=figure.unit, entries=entries)
