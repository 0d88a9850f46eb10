"""Mutants of a module, one small slip each: a comparison, a constant, an ``and``, a ``not`` changed."""

import ast
import copy
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OTHER_NAME = {"any": "all", "all": "any"}
_OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """A changed module, ready to run; *where* and *slip* say what was changed."""

    where: str
    slip: str
    tree: ast.Module

    def run(self, name: str) -> dict[str, Any]:
        """Return the namespace the changed module leaves behind."""
        namespace: dict[str, Any] = {"__name__": name}
        with warnings.catch_warnings():
            # A slip such as ``is "1"`` is warned of; it must be killed by a case, not by the warning.
            warnings.simplefilter("ignore")
            code = compile(self.tree, name, "exec")
        exec(code, namespace)
        return namespace


def mutants(source: str, *, skip: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """Yield every mutant of *source*; nothing inside assignments to a name of *skip* is changed."""
    tree = ast.parse(source)
    spared = _spared(tree, skip)
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in spared:
            continue
        for way in range(_ways(node)):
            changed = copy.deepcopy(tree)
            target = next(one for at, one in enumerate(ast.walk(changed)) if at == index)
            before = ast.unparse(target)
            replacement = _slip(target, way)
            if replacement is not target:
                _put(changed, target, replacement)
            ast.fix_missing_locations(changed)
            line = getattr(node, "lineno", 0)
            yield Mutant(_function_at(tree, line), f"{before} -> {ast.unparse(replacement)}", changed)


def _spared(tree: ast.Module, skip: frozenset[str]) -> set[int]:
    """Return what is no logic: documentation, imports, annotations, and what is to be skipped."""
    nodes: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST] = []
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if said or isinstance(node, ast.Import | ast.ImportFrom):
            parts = [node]
        elif isinstance(node, ast.AnnAssign):
            named = isinstance(node.target, ast.Name) and node.target.id in skip
            parts = [node] if named else [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.args, *([node.returns] if node.returns else [])]
        for part in parts:
            nodes.update(id(inner) for inner in ast.walk(part))
    return nodes


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.Compare):
        return len(node.ops)
    if isinstance(node, ast.BoolOp | ast.Constant):
        return 1
    if isinstance(node, ast.UnaryOp):
        return int(isinstance(node.op, ast.Not))
    if isinstance(node, ast.BinOp):
        return int(type(node.op) in _OTHER_OPERATOR)
    return int(isinstance(node, ast.Name) and node.id in _OTHER_NAME)


def _slip(node: ast.AST, way: int) -> ast.AST:
    match node:
        case ast.Compare():
            node.ops[way] = _SWAPPED[type(node.ops[way])]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            return node.operand
        case ast.BinOp():
            node.op = _OTHER_OPERATOR[type(node.op)]()
        case ast.Name():
            node.id = _OTHER_NAME[node.id]
        case ast.Constant():
            node.value = _other(node.value)
    return node


def _other(value: object) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] if value else "?"
    return "?"


def _put(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list) and any(one is old for one in value):
                setattr(node, name, [new if one is old else one for one in value])


def _function_at(tree: ast.Module, line: int) -> str:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            return node.name
    return "module"
