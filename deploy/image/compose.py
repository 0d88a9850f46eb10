"""A strict reader of compose.yaml: what it would have to skip in silence it refuses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from deploy.image.refusals import ComposeError

CARRIED_OUT = frozenset(
    {
        "image",
        "entrypoint",
        "command",
        "environment",
        "secrets",
        "volumes",
        "ports",
        "user",
        "read_only",
        "tmpfs",
    }
    | {"restart", "depends_on", "healthcheck", "profiles", "stop_signal", "stop_grace_period", "networks"}
)
ENGINE_ONLY = frozenset({"build", "logging", "deploy", "cap_drop", "security_opt", "shm_size", "hostname"})
"""What only an engine does. Here every process loses its rights; processor and memory are not limited."""

_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
_TIME = re.compile(r"(?:(\d+)m)?(?:(\d+)s)?")
_SHORT_PORT = re.compile(r"([\d.]+):(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Health:
    """How one asks a process whether it is well; times in seconds."""

    test: tuple[str, ...]
    interval: float
    timeout: float
    retries: int
    start_period: float


@dataclass(frozen=True, slots=True)
class Volume:
    """A named volume (*source* without a slash) or a path of the machine, at *target*."""

    source: str
    target: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Port:
    """A port of the machine that leads to one of the container."""

    address: str
    outside: int
    inside: int


@dataclass(frozen=True, slots=True)
class ServiceModel:
    """One service as compose.yaml describes it."""

    name: str
    image: str
    entrypoint: tuple[str, ...] | None
    command: tuple[str, ...]
    environment: Mapping[str, str]
    secrets: tuple[str, ...]
    volumes: tuple[Volume, ...]
    ports: tuple[Port, ...]
    user: str
    read_only: bool
    restarts: bool
    depends_on: Mapping[str, str]
    health: Health | None
    address: str | None
    stop_signal: str = "SIGTERM"
    grace: float = 10.0
    profiles: tuple[str, ...] = ()
    ignored: frozenset[str] = field(default_factory=frozenset)

    @property
    def ours(self) -> bool:
        """Whether it runs from the image of this repository."""
        return self.image.startswith("shouxian:")


@dataclass(frozen=True, slots=True)
class Compose:
    """The services, where the secrets lie, and the subnet."""

    services: Mapping[str, ServiceModel]
    secrets: Mapping[str, Path]
    volumes: frozenset[str]
    subnet: str


def read(path: Path, environment: Mapping[str, str]) -> Compose:
    """Return what *path* says, ``${…}`` filled from *environment*; raises ComposeError."""
    given = _filled(yaml.safe_load(path.read_text(encoding="utf-8")), environment, path.name)
    services = {name: _service(name, one) for name, one in given["services"].items()}
    for one in services.values():
        _ensure_known(one, services, given)
    return Compose(
        services=services,
        secrets={name: Path(one["file"]) for name, one in given["secrets"].items()},
        volumes=frozenset(given["volumes"]),
        subnet=given["networks"]["county"]["ipam"]["config"][0]["subnet"],
    )


def _ensure_known(one: ServiceModel, services: Mapping[str, ServiceModel], given: Mapping[str, Any]) -> None:
    unknown = [
        *(f"service {name}" for name in one.depends_on if name not in services),
        *(f"secret {name}" for name in one.secrets if name not in given["secrets"]),
        *(
            f"volume {v.source}"
            for v in one.volumes
            if "/" not in v.source and v.source not in given["volumes"]
        ),
    ]
    if unknown:
        raise ComposeError(where=one.name, reason=f"there is no {unknown[0]}")


def _service(name: str, given: Mapping[str, Any]) -> ServiceModel:
    if unknown := sorted(set(given) - CARRIED_OUT - ENGINE_ONLY):
        raise ComposeError(where=name, reason=f"unknown {unknown[0]}")
    restart = given.get("restart", "no")
    if restart not in {"no", "unless-stopped"}:
        raise ComposeError(where=name, reason=f"restart is no or unless-stopped, not {restart}")
    if tuple(given.get("tmpfs", ())) != ("/tmp",):  # noqa: S108  (a place inside)
        raise ComposeError(where=name, reason="tmpfs is /tmp")
    health = given.get("healthcheck", {})
    entrypoint = given.get("entrypoint")
    return ServiceModel(
        name=name,
        image=given["image"],
        entrypoint=None if entrypoint is None else tuple(entrypoint),
        command=tuple(given.get("command", ())),
        environment={key: str(value) for key, value in given.get("environment", {}).items()},
        secrets=tuple(given.get("secrets", ())),
        volumes=tuple(_volume(name, one) for one in given.get("volumes", ())),
        ports=tuple(_port(name, one) for one in given.get("ports", ())),
        user=str(given["user"]),
        read_only=bool(given.get("read_only")),
        restarts=restart != "no",
        depends_on={key: one["condition"] for key, one in given.get("depends_on", {}).items()},
        health=None if health.get("disable") or not health else _health(name, health),
        address=_address(given.get("networks", ())),
        stop_signal=given.get("stop_signal", "SIGTERM"),
        grace=seconds(str(given.get("stop_grace_period", "10s"))),
        profiles=tuple(given.get("profiles", ())),
        ignored=frozenset(given) & ENGINE_ONLY,
    )


def seconds(text: str) -> float:
    """Return ``1m30s`` as seconds; raises ComposeError."""
    found = _TIME.fullmatch(text)
    if not text or found is None:
        raise ComposeError(where=text, reason="a time is wanted as 1m30s")
    return timedelta(minutes=int(found[1] or 0), seconds=int(found[2] or 0)).total_seconds()


def _health(name: str, given: Mapping[str, Any]) -> Health:
    kind, *test = given["test"]
    if kind != "CMD" or not test:
        raise ComposeError(where=name, reason="a health check is a list that begins with CMD")
    return Health(
        test=tuple(test),
        interval=seconds(given["interval"]),
        timeout=seconds(given["timeout"]),
        retries=int(given["retries"]),
        start_period=seconds(given["start_period"]),
    )


def _volume(name: str, text: str) -> Volume:
    source, target, *mode = text.split(":")
    if mode not in ([], ["ro"]):
        raise ComposeError(where=name, reason=f"unknown form of volume {text}")
    return Volume(source, target, writable=not mode)


def _port(name: str, text: str) -> Port:
    found = _SHORT_PORT.fullmatch(text)
    if found is None:
        raise ComposeError(where=name, reason=f"a port is wanted as address:port:port, not {text}")
    return Port(found[1], int(found[2]), int(found[3]))


def _address(networks: Any) -> str | None:  # noqa: ANN401  (a list, or a mapping)
    if isinstance(networks, dict):
        return str(networks["county"]["ipv4_address"])
    return None


def _filled(given: Any, environment: Mapping[str, str], where: str) -> Any:  # noqa: ANN401  (any YAML)
    if isinstance(given, dict):
        return {key: _filled(value, environment, str(key)) for key, value in given.items()}
    if isinstance(given, list):
        return [_filled(one, environment, where) for one in given]
    if not isinstance(given, str):
        return given

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if environment.get(name):
            return environment[name]
        if kind == "-":
            return str(rest)
        raise ComposeError(where=where, reason=f"{name} is not set: {rest or '?'}")

    return _VARIABLE.sub(value, given)
