"""Text → something that can be evaluated: Python's grammar with a short list of what is allowed.

Functions: ``floor ceil round(x, places) abs min max clamp(x, low, high)``, ``date('2022-07-31')``,
``days(a, b)``, ``workdays(a, b)``, ``first_of(a, b, …)`` (the first that has a value: data
precedence, C18), ``known(x)`` (has a value), and those of ``reference.py``, whose first
argument (id) and second (input) are quoted text and whose named arguments choose units.
"""

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from numbers import Real
from typing import Any

from services.evaluation.domain.rubric.errors import ExpressionError
from services.evaluation.domain.rubric.expression_functions import (
    ARITHMETIC,
    COMPARISONS,
    PLAIN_FUNCTIONS,
    as_date,
    as_number,
    as_truth,
)
from services.evaluation.domain.rubric.gap import GapError, MissingValueError
from services.evaluation.domain.rubric.reference import OF_SCORES, OF_VALUES, Query, Reference
from services.evaluation.domain.rubric.values import Scalar

LONGEST = 2000
_CLASS = re.compile(r"""'[^']*'|"[^"]*"|\bunit\s*\.\s*class\b""")
_NUMBER = re.compile(r"\d{1,30}(\.\d{0,30})?|\.\d{1,30}")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
_MEASURED = re.compile(r"[\d.,]+\s*[^\W\d]+")
_SIGNS = {
    "×": "*", "÷": "/", "＋": "+", "－": "-", "−": "-", "≥": ">=", "≤": "<=", "≠": "!=", "＞": ">", "＜": "<",
    "＝": "==", "（": "(", "）": ")", "，": ",", "、": ",", "‘": "'", "’": "'", "“": "'", "”": "'", "％": "%",
}  # fmt: skip
"""What Chinese keyboards and documents write, and what an expression has for it."""
_CONSTANTS: dict[str, bool] = {"true": True, "false": False, "是": True, "否": False}

Run = Callable[[Any], Scalar]
"""Any: an ``expression.Scope``, which is defined on top of this module."""


@dataclass(slots=True)
class Parsed:
    """An expression as closures, and what it needs; *source* is the text the syntax tree came from."""

    source: str
    run: Run = field(init=False)
    references: list[Reference] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


def parse(text: str) -> Parsed:
    """Read *text*; raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(text=f"{text[:40]}…", why=f"longer than {LONGEST} characters / 过长")
    source = _CLASS.sub(lambda found: "unit.class_" if found[0][0] == "u" else found[0], text.strip())
    parsed = Parsed(source)
    try:
        tree = ast.parse(source, mode="eval")
        parsed.run = _compile(parsed, tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(text=text, why=f"{_hint(source)}: {error}") from error
    return parsed


def _hint(source: str) -> str:
    """Return what is most likely wrong: signs of a Chinese keyboard, per cent, a unit behind a number."""
    bare = _QUOTED.sub("", source)
    sign = next((sign for sign in _SIGNS if sign in bare), "")
    if sign:
        return f"write “{_SIGNS[sign]}” for “{sign}” / “{sign}”要写作半角的“{_SIGNS[sign]}”"
    if "%" in bare:
        return "inside an expression 95% is written 0.95 / 算式里百分数写作小数，95% 写 0.95"
    if _MEASURED.fullmatch(bare.strip()):
        return "a number is written without its unit / 数后面不要写单位"
    return "cannot be read / 无法识别"


def _compile(parsed: Parsed, node: ast.expr) -> Run:
    compiler = _COMPILERS.get(type(node))
    if compiler is None:
        raise _refused(parsed, f"{type(node).__name__} is not part of the language / 不支持这种写法")
    return compiler(parsed, node)


def _refused(parsed: Parsed, why: str) -> ExpressionError:
    return ExpressionError(text=parsed.source, why=why)


def _constant(parsed: Parsed, node: ast.Constant) -> Run:
    value: Scalar
    if isinstance(node.value, (bool, str)):
        value = node.value
    elif isinstance(node.value, Real):
        # The tree holds a binary fraction; what was written is exact.
        digits = ast.get_source_segment(parsed.source, node) or ""
        if not _NUMBER.fullmatch(digits):
            raise _refused(parsed, f"write {digits[:20]} in plain decimals / 数值须写作普通小数")
        value = Fraction(digits)
    else:
        raise _refused(parsed, f"{node.value!r} is neither number nor text / 既非数值也非文字")
    return lambda _scope: value


def _name(parsed: Parsed, node: ast.Name) -> Run:
    name = node.id
    if name in _CONSTANTS:
        constant = _CONSTANTS[name]
        return lambda _scope: constant
    if name == "unit":
        raise _refused(parsed, "unit needs an attribute, as in unit.group / unit 后须写属性")
    parsed.names.add(name)
    return lambda scope: scope.name(name)


def _attribute(parsed: Parsed, node: ast.Attribute) -> Run:
    if not (isinstance(node.value, ast.Name) and node.value.id == "unit"):
        raise _refused(parsed, "only unit has attributes / 只有 unit 有属性")
    attribute = "class" if node.attr == "class_" else node.attr
    if attribute.startswith("_"):
        raise _refused(parsed, f"no attribute {attribute} / 没有这个属性")
    parsed.attributes.add(attribute)
    return lambda scope: scope.attribute(attribute)


def _binary(parsed: Parsed, node: ast.BinOp) -> Run:
    operation = ARITHMETIC.get(type(node.op))
    if operation is None:
        raise _refused(parsed, f"{type(node.op).__name__} is not an operation here / 不支持这种运算")
    left, right = _compile(parsed, node.left), _compile(parsed, node.right)
    return lambda scope: operation(left(scope), right(scope))


def _unary(parsed: Parsed, node: ast.UnaryOp) -> Run:
    operand = _compile(parsed, node.operand)
    if isinstance(node.op, ast.Not):
        return lambda scope: not as_truth(operand(scope))
    if isinstance(node.op, ast.USub):
        return lambda scope: -as_number(operand(scope))
    raise _refused(parsed, f"{type(node.op).__name__} is not an operation here / 不支持这种运算")


def _logic(parsed: Parsed, node: ast.BoolOp) -> Run:
    terms = [_compile(parsed, term) for term in node.values]
    if isinstance(node.op, ast.And):
        return lambda scope: all(as_truth(term(scope)) for term in terms)
    return lambda scope: any(as_truth(term(scope)) for term in terms)


def _comparison(parsed: Parsed, node: ast.Compare) -> Run:
    operands = [node.left, *node.comparators]
    if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return _membership(parsed, node)
    unknown = [op for op in node.ops if type(op) not in COMPARISONS]
    if unknown:
        raise _refused(parsed, f"{type(unknown[0]).__name__} is not a comparison here / 不支持这种比较")
    compare = [COMPARISONS[type(op)] for op in node.ops]
    runs = [_compile(parsed, operand) for operand in operands]

    def run(scope: object) -> bool:
        values = [operand(scope) for operand in runs]
        pairs = zip(compare, values, values[1:], strict=False)
        return all(holds(left, right) for holds, left, right in pairs)

    return run


def _membership(parsed: Parsed, node: ast.Compare) -> Run:
    listed = node.comparators[0]
    if not isinstance(listed, (ast.Tuple, ast.List)):
        raise _refused(parsed, "in needs a list in parentheses / in 后须为括号内的列表")
    left, members = _compile(parsed, node.left), [_compile(parsed, member) for member in listed.elts]
    wanted = isinstance(node.ops[0], ast.In)
    return lambda scope: (left(scope) in [member(scope) for member in members]) is wanted


def _choice(parsed: Parsed, node: ast.IfExp) -> Run:
    test, then, other = (_compile(parsed, part) for part in (node.test, node.body, node.orelse))
    return lambda scope: then(scope) if as_truth(test(scope)) else other(scope)


def _call(parsed: Parsed, node: ast.Call) -> Run:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in OF_VALUES or name in OF_SCORES:
        return _reference(parsed, node, name)
    arguments = [_compile(parsed, argument) for argument in node.args]
    if node.keywords:
        raise _refused(parsed, f"{name} takes no named argument / 不接受具名参数")
    if name in PLAIN_FUNCTIONS:
        least, most, function = PLAIN_FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise _refused(parsed, f"{name} takes {least} to {most} arguments / 参数个数不对")
        return lambda scope: function(*(argument(scope) for argument in arguments))
    return _special(parsed, name, arguments)


def _special(parsed: Parsed, name: str, arguments: Sequence[Run]) -> Run:
    if name == "workdays" and len(arguments) == 2:  # noqa: PLR2004  (from one day to another)
        first, last = arguments
        return lambda scope: Fraction(scope.workdays(as_date(first(scope)), as_date(last(scope))))
    if name == "first_of" and arguments:
        return lambda scope: _first_of(arguments, scope)
    if name == "known" and len(arguments) == 1:
        return lambda scope: _known(arguments[0], scope)
    raise _refused(parsed, f"no function {name or '?'} with {len(arguments)} arguments / 没有这个函数")


def _first_of(alternatives: Sequence[Run], scope: object) -> Scalar:
    for alternative in alternatives:
        try:
            return alternative(scope)
        except GapError as gap:
            last = gap
    raise MissingValueError(last.where)


def _known(argument: Run, scope: object) -> bool:
    try:
        argument(scope)
    except GapError:
        return False
    return True


def _reference(parsed: Parsed, node: ast.Call, name: str) -> Run:
    texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    if not 1 <= len(node.args) <= 2 or len(words) != len(node.args):  # noqa: PLR2004  (id, and input)
        raise _refused(parsed, f"{name} takes an id and perhaps an input, both quoted / 编号须加引号")
    if name == "imported":
        words = ["/".join(words)]
    target, of_input = words[0], words[1] if len(words) > 1 else ""
    filters = [(word.arg or "", _compile(parsed, word.value)) for word in node.keywords]
    if any(not key for key, _ in filters):
        raise _refused(parsed, f"{name} takes no ** / 不支持 **")
    names = [("class" if key == "class_" else key, run) for key, run in filters]
    parsed.references.append(Reference(name, target, of_input, bool(names)))
    return lambda scope: scope.ask(
        Query(name, target, of_input, tuple((key, run(scope)) for key, run in names))
    )


_COMPILERS: dict[type[ast.expr], Callable[[Parsed, Any], Run]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _logic,
    ast.Compare: _comparison,
    ast.IfExp: _choice,
    ast.Call: _call,
}
