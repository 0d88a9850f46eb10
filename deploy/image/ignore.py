"""Which files of the repository a build may see: of the rules of ``.dockerignore`` the last decides."""

import re
from collections.abc import Sequence
from pathlib import Path


class Ignored:
    """Answers whether a path below the root is kept out."""

    def __init__(self, lines: Sequence[str]) -> None:
        kept = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        self._rules = [(_pattern(line.lstrip("!")), not line.startswith("!")) for line in kept]

    @classmethod
    def at(cls, root: Path) -> "Ignored":
        """Return the rules of the repository at *root*."""
        return cls((root / ".dockerignore").read_text(encoding="utf-8").splitlines())

    def __contains__(self, path: str) -> bool:
        """Say whether *path*, or a folder it lies in, is kept out."""
        answer = False
        for pattern, ignored in self._rules:
            if pattern.match(path):
                answer = ignored
        return answer


def _pattern(rule: str) -> re.Pattern[str]:
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    tokens = re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", rule.strip("/"))
    return re.compile("".join(parts.get(token, re.escape(token)) for token in tokens) + r"(?:/.*)?\Z")
