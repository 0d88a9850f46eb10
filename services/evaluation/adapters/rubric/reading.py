"""YAML data → frozen dataclasses by their type hints; every fault is noted where it stands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from services.evaluation.adapters.rubric.cell import day_of, number_of
from services.evaluation.adapters.rubric.fault import Fault, error
from services.evaluation.adapters.rubric.lines import Lines, Path_
from shared.kernel.errors import Problem


class _Failed:
    """Stands for what could not be read; its fault is already noted."""


FAILED: Final = _Failed()
_PYTHON = re.compile(r" \(<unknown>, line \d+\)")
Raw = Any  # whatever YAML holds


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something stands; *inside* is how much of *path* leads to the *item*."""

    path: Path_ = ()
    item: str = ""
    inside: int = 0

    def __truediv__(self, step: str | int) -> "Place":
        return Place((*self.path, step), self.item, self.inside)

    def of_item(self, item: str) -> "Place":
        return Place(self.path, item, len(self.path))

    @property
    def field(self) -> str:
        """The key as people would say it: ``rule.bands[2].points``, lists counted from 1."""
        steps = (
            f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.path[self.inside :]
        )
        return "".join(steps).removeprefix(".")


class Reader:
    """Reads one file. *special* says how kinds are read that are not written as they are kept."""

    def __init__(self, lines: Lines, special: "Mapping[Any, Special]", spelt: Mapping[str, str]) -> None:
        self.lines = lines
        self.faults: list[Fault] = []
        self.ids: dict[str, Path_] = {}
        self._special = special
        self._spelt = spelt

    def fault(self, at: Place, code: str, zh: str, en: str) -> _Failed:
        """Note that what stands *at* cannot be used."""
        self.faults.append(error(code, at.item, at.field, zh, en, self.lines.of(at.path)))
        return FAILED

    def read(self, kind: Any, raw: Raw, at: Place) -> Any:  # noqa: ANN401  (whatever *kind* is)
        """Return *raw* as *kind*, or FAILED with the faults noted."""
        if kind in self._special:
            return self._special[kind](self, raw, at)
        if is_dataclass(kind):
            return self.record(kind, raw, at)
        origin = get_origin(kind)
        if origin in _FORMS:
            return _FORMS[origin](self, get_args(kind), raw, at)
        return self._plain(kind, raw, at)

    def record(self, kind: Any, raw: Raw, at: Place, known: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401
        """Return *raw*, a mapping, as the dataclass *kind*; keys in *known* are read elsewhere."""
        if not isinstance(raw, dict):
            return self.fault(
                at, "not_a_mapping", "这里要写“名称: 内容”的几行", "must be lines of “key: value”"
            )
        asked = {
            self._spelt.get(f"{kind.__name__}.{one.name}", one.name): one for one in fields(kind) if one.init
        }
        whole = self._only(raw, frozenset(asked) | known, at)
        given: dict[str, Any] = {}
        for key, one in asked.items():
            value = self._field(kind, one, key, raw, at)
            whole = whole and value is not FAILED
            if value is not MISSING:
                given[one.name] = value
        return self._build(kind, given, at) if whole else FAILED

    def _field(self, kind: type, one: "Field[Any]", key: str, raw: Mapping[str, Raw], at: Place) -> Any:  # noqa: ANN401
        if key in raw:
            return self.read(_hints(kind)[one.name], raw[key], at / key)
        if one.default is MISSING and one.default_factory is MISSING:
            return self.fault(at / key, "field_missing", f"缺少“{key}”", f"“{key}” is missing")
        return MISSING

    def _build(self, kind: Callable[..., Any], given: Mapping[str, Any], at: Place) -> Any:  # noqa: ANN401
        try:
            return kind(**given)
        except Problem as refused:
            return self.refused(refused, at)
        except (ValueError, ZeroDivisionError, TypeError) as refused:
            return self.fault(at, "not_usable", f"参数不能这样写：{refused}", f"cannot be used: {refused}")

    def named(self, name: str, at: Place) -> Place:
        """Return the place inside what is called *name*; a name that stands already is a fault."""
        if name in self.ids:
            line = self.lines.of(self.ids[name])
            inside = at.of_item(name) / "id"
            self.fault(
                inside,
                "id_repeated",
                f"编号“{name}”在第{line}行已经用过",
                f"“{name}” stands on line {line} already",
            )
        self.ids.setdefault(name, at.path)
        return at.of_item(name)

    def refused(self, refused: Problem, at: Place) -> _Failed:
        """Note what the domain refused, in its own words."""
        zh, en = told(refused)
        return self.fault(at, refused.code, zh, en)

    def _only(self, raw: Mapping[Any, Raw], allowed: frozenset[str], at: Place) -> bool:
        unknown = [str(key) for key in raw if key not in allowed]
        for key in unknown:
            near = get_close_matches(key, sorted(allowed), 1)
            zh, en = (f"，是否为“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else ("", "")
            listed = ", ".join(sorted(allowed))
            if "：" in key:
                zh, en = "，冒号要用半角“: ”，后面空一格", "; write a plain colon and a space"
            self.fault(
                at / key,
                "unknown_field",
                f"没有“{key}”这一项{zh or f'；可用：{listed}'}",
                f"“{key}” is not known here{en or f'; known: {listed}'}",
            )
        return not unknown

    def _union(self, kinds: tuple[Any, ...], raw: Raw, at: Place) -> Any:  # noqa: ANN401
        if raw is None and NoneType in kinds:
            return None
        rest = [kind for kind in kinds if kind is not NoneType]
        together = reduce(or_, rest)
        if len(rest) == 1 or together in self._special:
            return self.read(together, raw, at)
        before, tried = self.faults, []
        for kind in rest:
            self.faults = []
            value = self.read(kind, raw, at)
            if value is not FAILED:
                self.faults = [*before, *self.faults]
                return value
            tried.append(self.faults)
        # What was probably meant is the alternative that fails least.
        self.faults = [*before, *min(tried, key=len)]
        return FAILED

    def _word(self, words: tuple[Any, ...], raw: Raw, at: Place) -> Any:  # noqa: ANN401
        if raw in words and type(raw) in {type(word) for word in words}:
            return raw
        if isinstance(raw, int) and not isinstance(raw, bool) and str(raw) in words:
            return str(raw)
        listed = ", ".join(str(word) for word in words)
        return self.fault(
            at,
            "not_one_of",
            f"“{_seen(raw)}”不在可选范围内：{listed}",
            f"“{_seen(raw)}” is not one of: {listed}",
        )

    def _list(self, kinds: tuple[Any, ...], raw: Raw, at: Place) -> Any:  # noqa: ANN401
        if isinstance(raw, dict) and kinds[1:] == (...,) and get_origin(kinds[0]) is tuple:
            return self._pairs(get_args(kinds[0]), raw, at)
        if not isinstance(raw, list):
            return self.fault(
                at,
                "not_a_list",
                "这里要写成列表（每行以“- ”开头）",
                "must be a list, each line beginning with “- ”",
            )
        each = kinds[:1] * len(raw) if kinds[1:] == (...,) else kinds
        if len(each) != len(raw):
            return self.fault(at, "wrong_length", f"这里要写{len(each)}个值", f"must hold {len(each)} values")
        read = [
            self.read(kind, one, at / index) for index, (kind, one) in enumerate(zip(each, raw, strict=True))
        ]
        return FAILED if any(one is FAILED for one in read) else tuple(read)

    def _pairs(self, kinds: tuple[Any, ...], raw: Mapping[Any, Raw], at: Place) -> Any:  # noqa: ANN401
        """Return ``key: value`` lines as pairs, in the order in which they are written."""
        name, content = kinds
        read = [
            (self.read(name, plain_key(key), at / str(key)), self.read(content, one, at / str(key)))
            for key, one in raw.items()
        ]
        return FAILED if any(one is FAILED for pair in read for one in pair) else tuple(read)

    def _mapping(self, kinds: tuple[Any, ...], raw: Raw, at: Place) -> Any:  # noqa: ANN401
        if not isinstance(raw, dict):
            return self.fault(
                at, "not_a_mapping", "这里要写“名称: 内容”的几行", "must be lines of “key: value”"
            )
        read = {str(plain_key(key)): self.read(kinds[1], one, at / str(key)) for key, one in raw.items()}
        return FAILED if any(one is FAILED for one in read.values()) else read

    def _plain(self, kind: Any, raw: Raw, at: Place) -> Any:  # noqa: ANN401
        if kind is object or kind is Any:
            return raw
        wanted, read = _PLAIN[kind]
        value = read(raw)
        if value is None:
            zh, en = wanted
            return self.fault(
                at, "wrong_kind", f"{zh}，现在写的是“{_seen(raw)}”", f"{en}, not “{_seen(raw)}”"
            )
        return value


Special = Callable[[Reader, Raw, Place], Any]
_FORMS: dict[Any, Callable[[Reader, tuple[Any, ...], Raw, Place], Any]] = {
    Literal: Reader._word,  # noqa: SLF001  (its own)
    Union: Reader._union,  # noqa: SLF001
    UnionType: Reader._union,  # noqa: SLF001
    tuple: Reader._list,  # noqa: SLF001
    Mapping: Reader._mapping,  # noqa: SLF001
}


def told(refused: Problem) -> tuple[str, str]:
    """Return what was refused in Chinese and in English; the engine writes its reasons “English / 中文”."""
    why = str(refused.details.get("why", ""))
    if " / " not in why:
        return refused.text("zh"), refused.text("en")
    en, zh = why.split(" / ", 1)
    # What follows is Python's own complaint: of use in English alone.
    zh, _, more = zh.partition(": ")
    en = f"{en}: {more}" if more else en
    in_zh = type(refused)(**{**refused.details, "why": zh})
    in_en = type(refused)(**{**refused.details, "why": _PYTHON.sub("", en)})
    return in_zh.text("zh"), in_en.text("en")


def number(raw: Raw) -> Fraction | None:
    """Return the exact number written as *raw* (``0.5``, ``3``, ``95%``), or None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Decimal):
        return Fraction(raw)
    return number_of(raw) if isinstance(raw, str) else None


def text(raw: Raw) -> str | None:
    """Return text; a number as it was written, since nobody quotes 1.10; None for anything else."""
    if isinstance(raw, bool) or raw is None or isinstance(raw, list | dict):
        return None
    return str(raw).strip() or None


def plain_key(key: object) -> object:
    """Return a key as values have it: yes and no are 是 and 否 there."""
    return ("是" if key else "否") if isinstance(key, bool) else key


def _whole(raw: Raw) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None


def _flag(raw: Raw) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _day(raw: Raw) -> date | None:
    if type(raw) is date:
        return raw
    try:
        return day_of(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def _seen(raw: Raw) -> str:
    return {None: "空 nothing"}.get(raw, str(raw)) if not isinstance(raw, list | dict) else type(raw).__name__


_PLAIN: dict[Any, tuple[tuple[str, str], Callable[[Raw], Any]]] = {
    Fraction: (("这里要写一个数，例如 0.5 或 95%", "must be a number such as 0.5 or 95%"), number),
    int: (("这里要写一个整数", "must be a whole number"), _whole),
    bool: (("这里要写 true 或 false", "must be true or false"), _flag),
    str: (("这里要写文字", "must be text"), text),
    date: (("这里要写日期，例如 2022-07-31", "must be a day such as 2022-07-31"), _day),
}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
