"""Carries out the Dockerfile, stage after stage, in roots below one directory."""

import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.image import dockerfile
from deploy.image.contents import Contents, look
from deploy.image.dockerfile import Stage, Step, filled
from deploy.image.ignore import Ignored
from deploy.image.refusals import DockerfileError, ForeignRootError, ImageFlawedError, StepFailedError
from deploy.image.rooms import Bind, ensure_root, program, run, writable
from deploy.image.supplies import Supplies

IMAGE = "image"
_MARK = ".shouxian-image"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(slots=True)
class Config:
    """What an image says about starting it."""

    environment: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    entrypoint: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    ports: list[str] = field(default_factory=list)
    user: str = "0"
    workdir: str = "/"


class Build:
    """One build of the repository at *source* into *root*."""

    def __init__(self, source: Path, root: Path, given: Mapping[str, str]) -> None:
        self._source, self._root, self._given = source, root, given
        self._file = dockerfile.read(source / "deploy/Dockerfile")
        self._ignored = Ignored.at(source)
        self._supplies = Supplies(root / "supplies")
        self._stages: dict[str, Path] = {}

    def run(self) -> tuple[Contents, Config]:
        """Build everything; raises StepFailedError, and ImageFlawedError for a root that must not be used."""
        ensure_root()
        _own(self._root)
        config = Config()
        for number, stage in enumerate(self._file.stages):
            name = IMAGE if number == len(self._file.stages) - 1 else stage.name or f"stage{number}"
            config = self._stage(stage, self._root / name)
            self._stages[name] = self._root / name
        (self._root / "image.json").write_text(json.dumps(asdict(config), indent=1) + "\n")
        contents = look(self._root / IMAGE)
        _ensure_sound(contents, config)
        return contents, config

    def _stage(self, stage: Stage, root: Path) -> Config:
        _base(stage.base, self._root / "base", self._supplies)
        shutil.rmtree(root, ignore_errors=True)
        _ended(run(["cp", "-a", "--reflink=auto", str(self._root / "base"), str(root)]), 0)
        _StageBuild(self, root, config := Config()).carry_out(stage.steps)
        return config

    def given(self, name: str) -> str | None:
        """Return the build argument *name*, if it was given."""
        return self._given.get(name)

    def origin(self, stage: str | None) -> tuple[Path, Ignored | None]:
        """Return where COPY copies from, and what is not to be seen there."""
        return (self._source, self._ignored) if stage is None else (self._stages[stage], None)

    @property
    def supplies(self) -> Supplies:
        """How the machine reaches packages."""
        return self._supplies


class _StageBuild:
    def __init__(self, build: Build, root: Path, config: Config) -> None:
        self._build, self._root, self._config = build, root, config
        self._arguments: dict[str, str] = {}
        self._does: dict[str, Callable[[Step], None]] = {
            "ARG": self._arg, "ENV": self._env, "RUN": self._run, "COPY": self._copy, "USER": self._user,
            "WORKDIR": self._workdir, "LABEL": self._label, "EXPOSE": self._expose,
            "ENTRYPOINT": self._entrypoint, "HEALTHCHECK": self._health,
        }  # fmt: skip

    def carry_out(self, steps: Sequence[Step]) -> None:
        for step in steps:
            print(f"  {step.name} {' '.join(step.text.split())[:100]}", flush=True)
            self._does[step.name](step)

    def _values(self) -> dict[str, str]:
        return {"PATH": _PATH, **self._arguments, **self._config.environment}

    def _filled(self, step: Step) -> str:
        return filled(step.text, self._values(), step.line)

    def _arg(self, step: Step) -> None:
        name, _, default = self._filled(step).partition("=")
        given = self._build.given(name)
        self._arguments[name] = default if given is None else given

    def _env(self, step: Step) -> None:
        self._config.environment.update(_pairs(step, self._filled(step)))

    def _label(self, step: Step) -> None:
        self._config.labels.update(_pairs(step, self._filled(step)))

    def _user(self, step: Step) -> None:
        self._config.user = self._filled(step).partition(":")[0]

    def _expose(self, step: Step) -> None:
        self._config.ports += step.words()

    def _entrypoint(self, step: Step) -> None:
        self._config.entrypoint = step.listed()

    def _health(self, step: Step) -> None:
        _, found, command = step.text.partition(" CMD ")
        if not found:
            raise DockerfileError(line=step.line, reason="HEALTHCHECK has options and CMD in exec form")
        self._config.health = Step(step.name, (), command.strip(), step.line).listed()

    def _workdir(self, step: Step) -> None:
        self._config.workdir = os.path.join(self._config.workdir, self._filled(step))  # noqa: PTH118  (a path inside)
        self._inside(".").mkdir(parents=True, exist_ok=True)

    def _run(self, step: Step) -> None:
        if self._config.user != "0":
            raise DockerfileError(line=step.line, reason="RUN after USER is not known")
        binds = [*self._build.supplies.for_apt(), *self._secrets(step)]
        environment = {**self._values(), "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
        words = [f"{name}={value}" for name, value in environment.items()]
        with writable(self._root, binds) as entering:
            inside = ["/usr/bin/env", "--ignore-environment", "--chdir", self._config.workdir, *words]
            status = run([*entering, *inside, "/bin/sh", "-c", step.text], stdin=subprocess.DEVNULL)
        _ended(status, step.line)

    def _secrets(self, step: Step) -> list[Bind]:
        binds: list[Bind] = []
        for _, value in step.options:
            parts = dict(part.partition("=")[::2] for part in value.split(","))
            if set(parts) != {"type", "id", "target"} or parts["type"] != "secret":
                raise DockerfileError(line=step.line, reason="a mount is a secret with id and target")
            binds += self._build.supplies.secret(parts["id"], parts["target"])
        return binds

    def _copy(self, step: Step) -> None:
        options = dict(step.options)
        if "chown" in options:
            raise DockerfileError(line=step.line, reason="what is copied belongs to root")
        *sources, target = filled(step.text, self._values(), step.line).split()
        origin, ignored = self._build.origin(options.get("from"))
        into = self._inside(target)
        for source in sources:
            one = origin / source.lstrip("/")
            if not one.exists() or (ignored is not None and source in ignored):
                raise DockerfileError(line=step.line, reason=f"there is no {source}")
            place = into / one.name if one.is_file() and (len(sources) > 1 or target.endswith("/")) else into
            _copied(one, place, origin, ignored)

    def _inside(self, path: str) -> Path:
        return self._root / os.path.join(self._config.workdir, path).lstrip("/")  # noqa: PTH118


def _copied(source: Path, target: Path, origin: Path, ignored: Ignored | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copy(source, target)
        return

    def left_out(folder: str, names: list[str]) -> set[str]:
        below = Path(folder).relative_to(origin)
        return {name for name in names if ignored is not None and (below / name).as_posix() in ignored}

    shutil.copytree(source, target, symlinks=True, ignore=left_out, dirs_exist_ok=True)


def _pairs(step: Step, text: str) -> dict[str, str]:
    words = Step(step.name, (), text, step.line).words()
    if not all("=" in word for word in words):
        raise DockerfileError(line=step.line, reason=f"{step.name} is wanted as NAME=VALUE")
    return dict(word.partition("=")[::2] for word in words)


def _base(name: str, path: Path, supplies: Supplies) -> None:
    """Make what FROM names, once: a fresh minimal Debian of that release."""
    if name.partition("@")[0] != "debian:bookworm-slim":
        raise DockerfileError(line=0, reason=f"this tool can make debian:bookworm-slim, not {name}")
    if (path / "etc/debian_version").exists():
        return
    print("  FROM: debootstrap bookworm (half a minute)", flush=True)
    shutil.rmtree(path, ignore_errors=True)
    part = path.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = [program("debootstrap"), "--variant=minbase", "bookworm", str(part), *supplies.mirror()]
    with (path.parent / "debootstrap.log").open("wb") as log:
        _ended(run(command, stdout=log, stderr=log), 0)
    for left in ("etc/resolv.conf", "etc/hostname", "var/log/bootstrap.log"):
        (part / left).unlink(missing_ok=True)
    part.rename(path)


def _own(root: Path) -> None:
    """Make *root* ours; a directory with other things in it is refused, since builds empty what they fill."""
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()) and not (root / _MARK).exists():
        raise ForeignRootError(path=root)
    (root / _MARK).touch()


def _ensure_sound(contents: Contents, config: Config) -> None:
    flaws = [
        *(f"set-uid {path}" for path in contents.privileged),
        *(f"build tool {path}" for path in contents.tools),
        *(f"writable by the service {path}" for path in contents.foreign),
        *([] if config.user.isdecimal() and int(config.user) > 0 else ["it runs as root"]),
    ]
    if flaws:
        raise ImageFlawedError(flaws="; ".join(flaws[:10]))


def _ended(status: int, line: int) -> None:
    if status:
        raise StepFailedError(line=line, status=status)


def arguments_of(source: Path) -> dict[str, str]:
    """Return what the image is told about its source: version and revision."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = subprocess.run(
        ["git", "-C", str(source), "rev-parse", "HEAD"], check=False, capture_output=True, text=True
    )
    return {"VERSION": project["version"], "REVISION": asked.stdout.strip() or "unknown"}


def config_of(root: Path) -> Config:
    """Return what the image built in *root* says about starting it."""
    return Config(**json.loads((root / "image.json").read_text(encoding="utf-8")))
