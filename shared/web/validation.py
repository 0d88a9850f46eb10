"""What is wrong with an input, field by field, in words a person can act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from shared.web.fields import shape_of
from shared.web.i18n import Words

_SENTENCES: Mapping[str, Words] = {
    "missing": Words("必须填写", "is required"),
    "extra_forbidden": Words("没有这一项", "is not a field of this form"),
    "string_too_short": Words("至少 {min_length} 个字", "has at least {min_length} characters"),
    "string_too_long": Words("至多 {max_length} 个字", "has at most {max_length} characters"),
    "too_short": Words("至少 {min_length} 项", "has at least {min_length} entries"),
    "too_long": Words("至多 {max_length} 项", "has at most {max_length} entries"),
    "greater_than": Words("必须大于 {gt}", "must be greater than {gt}"),
    "greater_than_equal": Words("不得小于 {ge}", "must be at least {ge}"),
    "less_than": Words("必须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": Words("不得大于 {le}", "must be at most {le}"),
    "literal_error": Words("不在可选范围内", "is not one of the choices"),
    "enum": Words("不在可选范围内", "is not one of the choices"),
    "string_pattern_mismatch": Words("格式不正确", "does not have the required form"),
    "json_invalid": Words("不是有效的 JSON", "is not valid JSON"),
    "decimal_max_places": Words(
        "至多 {decimal_places} 位小数", "has at most {decimal_places} decimal places"
    ),
}
_FAMILIES: Sequence[tuple[str, Words]] = (
    ("int", Words("必须是整数", "must be a whole number")),
    ("decimal", Words("必须是数字", "must be a number")),
    ("float", Words("必须是数字", "must be a number")),
    ("finite", Words("必须是数字", "must be a number")),
    ("datetime", Words("必须是日期和时间", "must be a date and time")),
    ("timezone", Words("时间必须注明时区", "must name its time zone")),
    ("date", Words("必须是日期，例如 2022-05-06", "must be a date such as 2022-05-06")),
    ("bool", Words("必须是“是”或“否”", "must be yes or no")),
    ("string", Words("必须是文字", "must be text")),
    ("list", Words("必须是列表", "must be a list")),
    ("tuple", Words("必须是列表", "must be a list")),
    ("model", Words("结构不正确", "does not have the required structure")),
    ("dict", Words("结构不正确", "does not have the required structure")),
)
_NO_AMOUNT = Words("必须是金额，例如 30000 或 30000.50", "must be an amount such as 30000 or 30000.50")
_OTHERWISE = Words("不符合要求", "is not acceptable")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong: *name* is the dotted field, empty for the input as a whole."""

    name: str
    label: Words
    code: str
    words: Words

    @property
    def pointer(self) -> str:
        """Where it is in the JSON body (RFC 6901)."""
        return "#/" + self.name.replace(".", "/") if self.name else "#"


def field_errors(error: ValidationError, model: type[BaseModel]) -> tuple[FieldError, ...]:
    """Return what pydantic found, with the form's own labels."""
    found = error.errors(include_url=False, include_input=False)
    return tuple(field_error(one["loc"], one["type"], one.get("ctx", {}), model) for one in found)


def field_error(
    place: Sequence[int | str], code: str, context: Mapping[str, Any], model: type[BaseModel] | None = None
) -> FieldError:
    """Return one finding. *context* holds the bounds pydantic compared with."""
    name = ".".join(str(step) for step in place)
    words = _NO_AMOUNT if code.startswith("int_") and _is_yuan(place, model) else _words(code, context)
    return FieldError(name, _label(place, model), code, words)


def _is_yuan(place: Sequence[int | str], model: type[BaseModel] | None) -> bool:
    """Say whether a person types yuan there, though the model takes fen."""
    info = model.model_fields.get(str(place[0])) if model is not None and len(place) == 1 else None
    return info is not None and shape_of(str(place[0]), info).widget == "yuan"


def _words(code: str, context: Mapping[str, Any]) -> Words:
    if code == "rule":
        return Words(str(context["zh"]), str(context["en"]))
    words = _SENTENCES.get(code)
    if words is None:
        words = next((family for start, family in _FAMILIES if code.startswith(start)), _OTHERWISE)
    return Words(words.zh.format_map(dict(context)), words.en.format_map(dict(context)))


def _label(place: Sequence[int | str], model: type[BaseModel] | None) -> Words:
    """Return e.g. 家庭成员 2 · 姓名 for ``("members", 1, "name")``."""
    parts: list[Words] = []
    for step in place:
        if isinstance(step, int):
            if parts:
                parts[-1] = Words(f"{parts[-1].zh} {step + 1}", f"{parts[-1].en} {step + 1}")
            continue
        info = model.model_fields.get(step) if model is not None else None
        if info is None:
            parts.append(Words(step[:60], step[:60]))
            model = None
        else:
            shape = shape_of(step, info)
            parts.append(shape.label.words)
            model = shape.model
    return Words(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))
