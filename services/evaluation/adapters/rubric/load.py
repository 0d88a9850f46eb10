"""A rubric file → the rubric; whatever is wrong with it is told at once, by line, item and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from services.evaluation.adapters.rubric.cell import day_of
from services.evaluation.adapters.rubric.fault import Fault, UnusableFileError, error, in_order
from services.evaluation.adapters.rubric.lines import Lines, Path_, lines_of
from services.evaluation.adapters.rubric.reading import FAILED, Place, Reader, Special, number, text
from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.model import (
    Block,
    Item,
    Part,
    Periods,
    Prerequisite,
    Ranking,
    Rubric,
    Text,
    Veto,
)
from services.evaluation.domain.rubric.rules import RULES, STEPS
from services.evaluation.domain.rubric.rules.pipeline import Step
from services.evaluation.domain.rubric.rules.rule import Rule, RuleType
from shared.kernel.errors import Problem
from shared.parameters.strict_yaml import ParameterFileError, read_document

FORMAT = "shouxian-rubric-1"
SPELT = {
    **{f"{kind}.applies": "for" for kind in ("Item", "Part", "Threshold")},
    "Grade.least": "min",
    "Grade.most": "max",
}
_YAML_HINTS = (
    ("tab character", "用了制表符，请改用空格缩进"),
    ("cannot start any token", "有制表符，或以 % @ ` 开头而没有加引号"),
    ("mapping values are not allowed", "文字里有“: ”须加引号，或缩进不齐"),
    ("did not find expected key", "缩进与上下行不齐，或上一行引号、括号没有成对"),
    ("did not find expected '-'", "列表各行的“- ”没有对齐"),
    ("could not find expected ':'", "缺少冒号，或用了全角“：”；冒号后要有空格"),
    ("',' or '}'", "大括号里的内容有逗号须加引号，或括号没有成对"),
    ("',' or ']'", "方括号没有成对"),
    ("day is out of range", "没有这一天"),
    ("month must be in", "没有这一天"),
)
_BESIDE = frozenset({"format", "units", "accepted", "note"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """A fault of the published original that is kept on purpose; *item* and *field* may be left out."""

    code: str
    reason: str
    item: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class UnitKinds:
    """What ``group`` and ``class`` of a unit may be; empty: anything."""

    groups: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A rubric, and what only its file knows. *sha256* is of the file's bytes."""

    file: Path
    rubric: Rubric
    units: UnitKinds
    accepted: tuple[Accepted, ...]
    lines: Lines
    ids: Mapping[str, Path_]
    sha256: str

    def line(self, item: str, steps: Path_ = ()) -> int:
        """Return the line of what *steps* lead to inside *item* ("": the file)."""
        return self.lines.of((*self.ids.get(item, ()), *steps))


def load_rubric(file: Path) -> RubricFile:
    """Read *file*; raises UnusableFileError with every fault. What is merely odd: ``check.check_rubric``."""
    read, faults = try_rubric(file)
    if read is None:
        raise UnusableFileError(file, faults)
    return read


def try_rubric(file: Path) -> tuple[RubricFile | None, tuple[Fault, ...]]:
    """Read *file*; return the rubric, or None and why not."""
    try:
        document = read_document(file)
    except ParameterFileError as broken:
        return None, (_not_yaml(broken),)
    lines = lines_of(file)
    reader = Reader(lines, _SPECIAL, SPELT)
    root = Place()
    if not isinstance(document.data, dict):
        reader.fault(root, "not_a_rubric", "文件不是考核细则", "is not a rubric")
        return None, in_order(reader.faults)
    data = document.data
    if data.get("format") != FORMAT:
        reader.fault(
            root / "format", "format_unknown", f"第一行要写 format: {FORMAT}", f"write format: {FORMAT}"
        )
    units = reader.read(UnitKinds, data["units"], root / "units") if "units" in data else UnitKinds()
    accepted = reader.read(tuple[Accepted, ...], data.get("accepted") or [], root / "accepted")
    rubric = reader.record(Rubric, data, root, _BESIDE)
    if reader.faults or FAILED in (units, accepted, rubric):
        return None, in_order(reader.faults)
    return RubricFile(file, rubric, units, accepted, lines, reader.ids, document.sha256), ()


def _not_yaml(broken: ParameterFileError) -> Fault:
    line = int(broken.key.removeprefix("line ")) if broken.key.startswith("line ") else 0
    hint = next((hint for said, hint in _YAML_HINTS if said in broken.why), "多为缩进、冒号或引号的问题")
    zh = f"不是合格的 YAML（{hint}）：{broken.why}"
    if broken.why.endswith(" is given twice"):
        zh = f"“{broken.why.removesuffix(' is given twice')}”写了两次"
    return error("not_yaml", "", "", zh, broken.why, line)


def _day(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
    if isinstance(raw, date):
        return raw
    try:
        written = day_of(raw) if isinstance(raw, str) else None
    except ValueError:
        return reader.fault(at, "no_such_day", f"没有“{raw}”这一天", f"there is no day {raw}")
    return written or _expression(reader, raw, at)


def _text(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401  (as the reader)
    if isinstance(raw, dict):
        return reader.record(Text, raw, at)
    read = reader.read(str, raw, at)
    return read if read is FAILED else Text(read)


def _expression(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
    if isinstance(raw, bool):
        return Expression.parse(str(raw).lower())
    if not isinstance(raw, str | int | Decimal):
        return reader.fault(
            at, "wrong_kind", "这里要写算式，例如 value >= 90", "must be an expression such as value >= 90"
        )
    try:
        return Expression.parse(str(raw))
    except Problem as refused:
        return reader.refused(refused, at)


def _amount(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
    fixed = number(raw)
    if fixed is not None:
        return fixed
    if isinstance(raw, str):
        return _expression(reader, raw, at)
    return reader.fault(
        at,
        "wrong_kind",
        "这里要写一个数（0.5 或 95%）或算式",
        "must be a number (0.5 or 95%) or an expression",
    )


def _typed(kinds: Mapping[str, RuleType], code: str, zh: str, en: str) -> Special:
    """Return the reading of ``{type: …, …}``; the name alone will do where nothing else is asked for."""

    def read(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401  (as the reader)
        body = {"type": raw} if isinstance(raw, str) else raw
        name = body.get("type") if isinstance(body, dict) else None
        kind = kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            near = get_close_matches(str(name), kinds, 1)
            known = ", ".join(near or sorted(kinds))
            return reader.fault(
                at / "type",
                code,
                f"没有“{name}”这种{zh}；可用：{known}",
                f"there is no {en} “{name}”; known: {known}",
            )
        return reader.record(kind, {key: one for key, one in body.items() if key != "type"}, at)

    return read


def _periods(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
    if isinstance(raw, dict) and set(raw) == {"mean"}:
        names = reader.read(tuple[str, ...], raw["mean"], at / "mean")
        return names if names is FAILED else Periods.mean_of(*names)
    return reader.record(Periods, raw, at)


def _ranking(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
    if not isinstance(raw, dict) or not isinstance(raw.get("within"), str):
        return reader.record(Ranking, raw, at)
    within = raw["within"]
    return reader.record(Ranking, {**raw, "within": [] if within == "all" else [within]}, at)


def _named(kind: Any) -> Any:  # noqa: ANN401
    def read(reader: Reader, raw: Any, at: Place) -> Any:  # noqa: ANN401
        name = text(raw.get("id")) if isinstance(raw, dict) else None
        return reader.record(kind, raw, reader.named(name, at) if name else at)

    return read


_SPECIAL: Mapping[Any, Any] = {
    Text: _text,
    Expression: _expression,
    Amount: _amount,
    Rule: _typed(RULES, "unknown_rule", "计分规则", "rule type"),
    Step: _typed(STEPS, "unknown_step", "计算步骤", "pipeline step"),
    date | Expression: _day,
    Periods: _periods,
    Ranking: _ranking,
    **{kind: _named(kind) for kind in (Item, Part, Block, Veto, Prerequisite)},
}
