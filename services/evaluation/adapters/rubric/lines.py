"""On which line of a YAML file something is written: errors name it."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

Path_ = tuple[str | int, ...]


class Lines:
    """The lines of one file by path: ``("parts", 0, "items", 2, "points")``.

    Asked for a path that is not written, it answers for the nearest that is:
    whoever forgot a field is sent to the item that lacks it.
    """

    def __init__(self, lines: dict[Path_, int]) -> None:
        self._lines = lines

    def of(self, path: Path_) -> int:
        for length in range(len(path), 0, -1):
            line = self._lines.get(path[:length])
            if line is not None:
                return line
        return 1


def lines_of(file: Path) -> Lines:
    """Return where *file*, which is YAML, has what."""
    root = yaml.compose(
        file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return Lines(dict(_walk(root, ()))) if root is not None else Lines({})


def _walk(node: Node, path: Path_) -> Iterator[tuple[Path_, int]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield here, key.start_mark.line + 1
            yield from _walk(value, here)
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            here = (*path, index)
            yield here, value.start_mark.line + 1
            yield from _walk(value, here)
