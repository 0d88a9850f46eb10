import ast
from pathlib import Path

import pytest

from shared.observability.logs import _STATIC_NAME
from shared.observability.personal_data import is_kept_out_of_logs

ROOT = Path(__file__).parents[3]
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "msg"}
LOGGERS = {"log", "_log", "logger", "_logger", "LOG"}


def calls(source: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in LOGGERS
    ]


def faults(source: str) -> list[str]:
    """What is wrong with the log calls of *source*."""
    found = []
    for call in calls(source):
        name = call.args[0] if call.args else None
        if not (isinstance(name, ast.Constant) and _STATIC_NAME.fullmatch(str(name.value))):
            found.append(f"{call.lineno}: the name must be a constant in snake case")
        if len(call.args) > 1:
            found.append(f"{call.lineno}: values are fields, not arguments")
        found += [
            f"{call.lineno}: {field.arg} is not logged"
            for field in call.keywords
            if field.arg is None or is_kept_out_of_logs(field.arg)
        ]
    return found


def test_every_call_keeps_the_rules():
    """Every log call in the code has a constant name and fields that hold no person."""
    wrong = {
        str(path.relative_to(ROOT)): found
        for folder in ("services", "shared", "deploy")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (found := faults(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "call",
    [
        "log.info(f'visited {x}')",
        "_log.info('Visited')",
        "log.info('visited %s', x)",
        "log.info('visited', name=x)",
        "log.warning('visited', note=x)",
        "log.info('visited', **x)",
        "log.info(x)",
        "log.error()",
    ],
)
def test_a_call_that_breaks_them_is_found(call):
    """The scan finds each way to break the rules."""
    assert faults(call)


def test_a_right_call_is_left():
    """A constant name with ids as fields is right."""
    assert faults("_log.info('case_advanced', case_id=x, step='verify')") == []
