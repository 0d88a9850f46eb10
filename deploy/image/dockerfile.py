"""A strict reader of the Dockerfile: what it does not know it refuses; a skipped step proves nothing."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.image.refusals import DockerfileError

_KNOWN = frozenset(
    {"FROM", "ARG", "ENV", "RUN", "COPY", "USER", "WORKDIR", "ENTRYPOINT", "LABEL", "EXPOSE", "HEALTHCHECK"}
)
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(.?))")
_FROM = re.compile(r"(\S+)(?:\s+[Aa][Ss]\s+(\S+))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: its options (``--name=value``), its text, and where it stands."""

    name: str
    options: tuple[tuple[str, str], ...]
    text: str
    line: int

    def words(self) -> list[str]:
        """Return the text as words, quotes undone."""
        return shlex.split(self.text)

    def listed(self) -> list[str]:
        """Return the exec form, a JSON list; raises DockerfileError for the shell form."""
        try:
            found = json.loads(self.text)
        except ValueError:
            found = None
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise DockerfileError(line=self.line, reason=f"{self.name} is wanted in exec form")
        return found


@dataclass(slots=True)
class Stage:
    """What follows one FROM."""

    base: str
    name: str | None
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """The ARGs before the first FROM, and the stages."""

    arguments: Mapping[str, str]
    stages: tuple[Stage, ...]


def read(path: Path) -> Dockerfile:
    """Return what stands in *path*; raises DockerfileError for anything it does not know."""
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for step in steps_in(path.read_text(encoding="utf-8")):
        if step.name == "FROM":
            stages.append(_stage(step, arguments))
        elif stages:
            stages[-1].steps.append(step)
        elif step.name == "ARG":
            name, _, default = step.text.partition("=")
            arguments[name] = default
        else:
            raise DockerfileError(line=step.line, reason="only ARG may stand before FROM")
    return Dockerfile(arguments, tuple(stages))


def steps_in(text: str) -> Iterator[Step]:
    """Return the instructions of *text*."""
    waiting, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.lstrip().startswith("#") or (not waiting and not raw.strip()):
            continue
        start = start if waiting else number
        waiting += raw.strip() if not raw.rstrip().endswith("\\") else raw.strip()[:-1].rstrip() + " "
        if not raw.rstrip().endswith("\\"):
            yield _step(waiting, start)
            waiting = ""
    if waiting:
        raise DockerfileError(line=start, reason="the last line goes on into nothing")


def filled(text: str, values: Mapping[str, str], line: int = 0) -> str:
    """Return *text* with ``$NAME`` and ``${NAME}`` filled in; raises DockerfileError for any other."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if not name or name not in values:
            raise DockerfileError(line=line, reason=f"{found[0]} stands for nothing here")
        return values[name]

    return _VARIABLE.sub(value, text)


def _step(text: str, line: int) -> Step:
    name, _, rest = text.partition(" ")
    if name not in _KNOWN:
        raise DockerfileError(line=line, reason=f"unknown instruction {name}")
    if "<<" in rest:
        raise DockerfileError(line=line, reason="here-documents are not known")
    options, rest = [], rest.strip()
    while name != "HEALTHCHECK" and rest.startswith("--"):
        option, _, rest = rest.partition(" ")
        rest = rest.strip()
        key, _, value = option[2:].partition("=")
        _ensure_option(name, key, line)
        options.append((key, value))
    return Step(name, tuple(options), rest, line)


def _ensure_option(name: str, key: str, line: int) -> None:
    if key not in {"RUN": {"mount"}, "COPY": {"from", "chown"}}.get(name, set()):
        raise DockerfileError(line=line, reason=f"unknown option --{key} of {name}")


def _stage(step: Step, arguments: Mapping[str, str]) -> Stage:
    found = _FROM.fullmatch(step.text)
    if found is None:
        raise DockerfileError(line=step.line, reason="FROM names a base and perhaps AS a name")
    return Stage(filled(found[1], arguments, step.line), found[2])
