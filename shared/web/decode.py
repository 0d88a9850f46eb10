"""From what a browser sends to what a form's model takes: nesting, lists, ticks, yuan."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel

from shared.kernel.money import fen
from shared.web.fields import Shape, shape_of

_MOST_ROWS = 200
_MOST_DIGITS = 16


def nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return *pairs* nested by the dots in their names, each leaf a list of what was sent under it.

    ``members.0.name=A`` gives ``{"members": {"0": {"name": ["A"]}}}``.
    """
    tree: dict[str, Any] = {}
    for name, value in pairs:
        *way, leaf = name.split(".")
        branch = tree
        for step in way:
            branch = branch.setdefault(step, {})
            if not isinstance(branch, dict):
                break
        else:
            found = branch.setdefault(leaf, [])
            if isinstance(found, list):
                found.append(value)
    return tree


def typed_values(model: type[BaseModel], tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed in the shape of *model*, for showing it again unchanged."""
    typed: dict[str, Any] = {}
    for name, given in tree.items():
        info = model.model_fields.get(name)
        if info is None:
            typed[name] = given[0] if isinstance(given, list) else given
            continue
        shape = shape_of(name, info)
        if shape.model is not None and isinstance(given, dict):
            typed[name] = _nested_typed(shape, shape.model, given)
        elif shape.listed and isinstance(given, list):
            typed[name] = _several(shape, given)
        else:
            typed[name] = given[0] if isinstance(given, list) else given
    return typed


def model_input(model: type[BaseModel], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what *model* validates: blanks left out, an absent tick false, yuan as fen."""
    given: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        shape = shape_of(name, info)
        value = typed.get(name)
        if shape.widget == "tick" and not shape.listed:
            given[name] = value not in (None, "", "false")
        elif shape.model is not None and value is not None:
            given[name] = _nested_input(shape.model, value)
        elif value not in (None, "", []):
            given[name] = _in_fen(value) if shape.widget == "yuan" else value
    return given | {name: value for name, value in typed.items() if name not in model.model_fields}


def _nested_typed(shape: Shape, model: type[BaseModel], given: Mapping[str, Any]) -> object:
    if not shape.listed:
        return typed_values(model, given)
    numbers = sorted((key for key in given if key.isdecimal() and isinstance(given[key], dict)), key=int)
    rows = [typed_values(model, given[number]) for number in numbers[:_MOST_ROWS]]
    return [row for row in rows if not all(_untouched(model, name, value) for name, value in row.items())]


def _untouched(model: type[BaseModel], name: str, value: object) -> bool:
    """Whether *value* is what a row offers before anybody types: nothing, or the field's default."""
    if value in ("", [], False):
        return True
    info = model.model_fields.get(name)
    if info is None or info.is_required():
        return False
    offered = info.get_default(call_default_factory=True)
    return value == (list(offered) if isinstance(offered, list | tuple) else str(offered))


def _nested_input(model: type[BaseModel], value: object) -> object:
    """Return rows or one nested form; what is neither is left for the model to refuse."""
    if isinstance(value, list):
        return [_nested_input(model, row) for row in value]
    return model_input(model, value) if isinstance(value, dict) else value


def _several(shape: Shape, given: list[str]) -> list[str]:
    """Ticks send one value each; a text area sends lines."""
    values = "\n".join(given).splitlines() if shape.widget == "lines" else given
    return [value.strip() for value in values if value.strip()]


def _in_fen(typed: object) -> object:
    """Return *typed* yuan as fen; what is no amount is left for the model to refuse."""
    if not isinstance(typed, str):
        return typed
    try:
        amount = Decimal(typed.replace(",", "").replace("，", "").strip())
        # 1e999999999 is short to write and endless to compute.
        return fen(amount) if amount.is_finite() and amount.adjusted() < _MOST_DIGITS else typed
    except (InvalidOperation, ValueError):
        return typed
