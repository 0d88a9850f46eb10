"""What is wrong with a rubric or with its values: where, how badly, and in the words of whoever wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from shared.kernel.errors import InvalidInputError, Language

Level = Literal["error", "warning", "accepted"]

LEVELS: dict[str, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    "accepted": ("已知", "accepted"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. *item* is the number printed in the rubric, ``""`` above the items.

    *field* is the key as written in the file (``rule.step``, ``grades[2].min``), or a
    column of the values. *line* counts from 1; 0 where the file has no such line.
    *reason* says why an accepted fault stays.
    """

    level: Level
    code: str
    item: str
    field: str
    zh: str
    en: str
    line: int = 0
    reason: str = ""

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def accepted(self, reason: str) -> "Fault":
        return replace(self, level="accepted", reason=reason)


def error(code: str, item: str, field: str, zh: str, en: str, line: int = 0) -> Fault:
    """Return what keeps a rubric or its values from being used."""
    return Fault("error", code, item, field, zh, en, line)


def warning(code: str, item: str, field: str, zh: str, en: str, line: int = 0) -> Fault:
    """Return what somebody should look at, though it can be scored."""
    return Fault("warning", code, item, field, zh, en, line)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return *faults* as the file has them, each said once."""
    return tuple(sorted(set(faults), key=lambda one: (one.line, one.item, one.field, one.code, one.en)))


def sentence(file: Path | str, fault: Fault) -> str:
    """Return both languages' line about *fault*: level, file, line, item and field, then what is wrong."""
    zh, en = LEVELS[fault.level]
    place = f"{file}:{fault.line}" if fault.line else f"{file}"
    item_zh = f" 第{fault.item}项" if fault.item else ""
    item_en = f" item {fault.item}" if fault.item else ""
    field = f" {fault.field}" if fault.field else ""
    told = [
        f"{zh} {place}{item_zh}{field}：{fault.zh} [{fault.code}]",
        f"{en} {place}{item_en}{field}: {fault.en}",
    ]
    if fault.reason:
        told.append(f"  保留原因 kept because: {fault.reason}")
    return "\n".join(told)


class UnusableFileError(InvalidInputError):
    """Raised with every fault of a file at once, so that it is put right in one go."""

    code = "rubric_file_unusable"
    zh = "{file} 有 {count} 处错误，不能使用：\n{list}"
    en = "{file} has {count} errors and cannot be used:\n{list}"

    def __init__(self, file: Path | str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = in_order(faults)
        errors = [fault for fault in self.faults if fault.level == "error"]
        super().__init__(
            file=str(file), count=len(errors), list="\n".join(sentence(file, fault) for fault in errors)
        )
