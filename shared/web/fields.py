"""A form's fields as pages show them: widget, label, bounds, what was typed, what is wrong with it."""

import enum
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.web.forms import Choice, Label, Upload, Widget
from shared.web.i18n import Words


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field's annotation says: its plain type, whether it is a list, and its label."""

    plain: Any
    listed: bool
    label: Label

    @property
    def model(self) -> type[BaseModel] | None:
        """The model of a nested form, if the field is one or a list of them."""
        nested = isinstance(self.plain, type) and issubclass(self.plain, BaseModel)
        return self.plain if nested else None

    @property
    def widget(self) -> Widget:
        if self.label.widget is not None:
            return self.label.widget
        if self.listed:
            return "ticks" if self.fixed_choices or self.label.choices is not None else "lines"
        if self.fixed_choices or self.label.choices is not None:
            return "select"
        if self.label.lines > 1:
            return "lines"
        return _WIDGETS.get(self.plain, "text")

    @property
    def fixed_choices(self) -> tuple[Choice, ...]:
        """The choices the type itself names, where the label names none."""
        if get_origin(self.plain) is Literal:
            return tuple(Choice(str(value), str(value), str(value)) for value in get_args(self.plain))
        if isinstance(self.plain, type) and issubclass(self.plain, enum.Enum):
            return tuple(Choice(str(one.value), str(one.value), str(one.value)) for one in self.plain)
        return ()


_WIDGETS: dict[Any, Widget] = {
    bool: "tick",
    int: "number",
    Decimal: "decimal",
    date: "date",
    Upload: "file",
}


def takes_file(model: type[BaseModel]) -> bool:
    """Say whether a form has a file among its fields, and so is sent as multipart/form-data."""
    return any(shape_of(name, info).widget == "file" for name, info in model.model_fields.items())


@dataclass(slots=True)
class ShownField:
    """One field on a page. *name* is dotted for nested ones: ``members.0.name``."""

    name: str
    words: Words
    hint: Words
    widget: str
    required: bool
    value: Any = None
    choices: tuple[Choice, ...] = ()
    errors: list[Words] = field(default_factory=list)
    bounds: dict[str, Any] = field(default_factory=dict)
    lines: int = 1
    rows: list[list["ShownField"]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")


def shape_of(name: str, info: FieldInfo) -> Shape:
    """Return what the annotation of the field *name* says; without a label its name is one."""
    label = next((one for one in info.metadata if isinstance(one, Label)), Label(name, name))
    plain = _without_none(info.annotation)
    listed = get_origin(plain) in {list, tuple}
    if listed:
        plain = _without_none(get_args(plain)[0])
    return Shape(plain, listed, label)


def shown_fields(
    model: type[BaseModel],
    values: Mapping[str, object],
    errors: Mapping[str, list[Words]],
    ask: object,
    prefix: str = "",
    *,
    in_rows: bool = False,
) -> list[ShownField]:
    """Return the fields of *model* with what was typed and what is wrong with it.

    *values* are as typed (nested as the model is), *errors* by dotted name.
    """
    shown = []
    for name, info in model.model_fields.items():
        shape = shape_of(name, info)
        given = values.get(name, None if info.is_required() else info.get_default(call_default_factory=True))
        one = ShownField(
            name=prefix + name,
            words=shape.label.words,
            hint=shape.label.hint,
            widget=shape.widget,
            # A blank row is left out, so no browser may insist on its fields.
            required=info.is_required() and shape.plain is not bool and not in_rows,
            value=_typed(given, shape.widget),
            choices=_choices(shape, ask),
            errors=errors.get(prefix + name, []),
            bounds=_bounds(info),
            lines=shape.label.lines,
        )
        if shape.model is not None:
            _nest(one, shape.model, given, errors, ask, rows=shape.label.rows if shape.listed else None)
        shown.append(one)
    return shown


def _nest(
    one: ShownField,
    model: type[BaseModel],
    given: object,
    errors: Mapping[str, list[Words]],
    ask: object,
    *,
    rows: int | None,
) -> None:
    """Give *one* the rows typed, then blank ones up to *rows*; None stands for a single nested form."""
    one.widget = "rows"
    if rows is None:
        one.rows.append(shown_fields(model, _as_mapping(given), errors, ask, f"{one.name}."))
        return
    typed = list(given) if isinstance(given, list | tuple) else []
    for number in range(max(len(typed), rows)):
        row = _as_mapping(typed[number]) if number < len(typed) else {}
        one.rows.append(shown_fields(model, row, errors, ask, f"{one.name}.{number}.", in_rows=True))


def _choices(shape: Shape, ask: object) -> tuple[Choice, ...]:
    choices = shape.label.choices
    if choices is None:
        return shape.fixed_choices
    return tuple(choices(ask)) if callable(choices) else tuple(choices)


def _bounds(info: FieldInfo) -> dict[str, Any]:
    """Return the bounds a browser can check itself, as HTML attributes."""
    bounds: dict[str, Any] = {}
    for rule in info.metadata:
        if isinstance(rule, annotated_types.Ge):
            bounds["min"] = rule.ge
        elif isinstance(rule, annotated_types.Le):
            bounds["max"] = rule.le
        elif isinstance(rule, annotated_types.MaxLen):
            bounds["maxlength"] = rule.max_length
    return bounds


def _typed(value: object, widget: Widget) -> object:
    """Return *value* as a person types it: what was typed stays, what the model holds is written out."""
    if isinstance(value, Upload):
        return None  # no browser takes the name of a file back
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if widget == "yuan" and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}"
    return value


def _as_mapping(value: object) -> Mapping[str, object]:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return value if isinstance(value, Mapping) else {}


def _without_none(annotation: Any) -> Any:  # noqa: ANN401  (an annotation is anything)
    if get_origin(annotation) in {Union, types.UnionType}:
        rest = [one for one in get_args(annotation) if one is not type(None)]
        return _without_none(rest[0]) if len(rest) == 1 else annotation
    if hasattr(annotation, "__metadata__"):
        return _without_none(annotation.__origin__)
    return annotation
