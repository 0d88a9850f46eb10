"""The files of the project, and what their syntax trees say."""

import ast
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("monitoring", "employment", "finance", "evaluation")
NOT_OURS = {".git", ".venv", "var", "build", "__pycache__", "node_modules"}
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def project_files() -> tuple[Path, ...]:
    """Return every file of the project, relative to its root: as git lists them, or else the folder's."""
    if shutil.which("git") and (ROOT / ".git").exists():
        # A file counts from the moment it is written, not only once it is committed.
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if listed.returncode == 0:
            names = sorted(set(listed.stdout.split("\0")) - {""})
            return tuple(Path(name) for name in names if (ROOT / name).is_file())
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if (
            entry.name in NOT_OURS
            or entry.name.endswith(("_cache", ".egg-info", ".pyc"))
            or entry.is_symlink()
        ):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry.relative_to(ROOT)


def modules(*tops: str) -> list[Path]:
    """Return the Python files below *tops* (folders of the root)."""
    return [path for path in project_files() if path.suffix == ".py" and path.parts[0] in tops]


@functools.cache
def syntax(path: Path) -> ast.Module:
    """Return the syntax tree of *path* (relative to the root)."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[FunctionNode]:
    """Yield every function and method of *path*."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, FunctionNode):
            yield node


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """Yield every class of *path*."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.ClassDef):
            yield node


def does_something(function: FunctionNode) -> bool:
    """Tell whether *function* has a body: the methods of a Protocol have none."""
    return any(
        not (isinstance(statement, ast.Pass) or isinstance(getattr(statement, "value", None), ast.Constant))
        or isinstance(statement, ast.Return)
        for statement in function.body
    )
