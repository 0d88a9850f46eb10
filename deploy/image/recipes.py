"""From a service of compose.yaml to a command of this machine: which program, in which room."""

import os
import pwd
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.image.build import Config
from deploy.image.compose import Compose, ServiceModel
from deploy.image.network import namespace_of
from deploy.image.rooms import Bind, Room, command_in, program
from deploy.image.starting import image_room

PACKAGES = {
    "postgres": "postgresql",
    "rabbitmq": "rabbitmq-server",
    "nginx": "nginx-light",
    "prometheus": "prometheus",
    "alertmanager": "prometheus-alertmanager",
    "postgres-exporter": "prometheus-postgres-exporter",
}
"""Images of others, by the last word of their name, and Debian's package with the same program."""

_CALLED = {
    "postgres_exporter": "prometheus-postgres-exporter",
    "alertmanager": "prometheus-alertmanager",
    "nginx": "/usr/sbin/nginx",
}
# RabbitMQ's own tools first: Debian's others refuse every user but root.
_PATH = "/usr/lib/rabbitmq/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True, slots=True)
class Recipes:
    """Makes commands for the services of one county, which keeps its data in *state*."""

    compose: Compose
    folder: Path
    root: Path
    state: Path
    config: Config

    def package_missing(self, service: ServiceModel) -> str | None:
        """Return the package that would bring this service's program; empty: Debian has none."""
        if service.ours:
            return None
        package = PACKAGES.get(_kind(service), "")
        return None if package and self._found(service) else package

    def command(self, service: ServiceModel, words: Sequence[str] | None = None) -> list[str]:
        """Return what starts *service* (with other *words*, for the console)."""
        room, first = self.room(service), service.entrypoint
        if first is None:
            first = tuple(self.config.entrypoint)
        called = _CALLED.get(first[0], first[0]) if not service.ours else first[0]
        return command_in(room, [called, *first[1:], *(service.command if words is None else words)])

    def room(self, service: ServiceModel) -> Room:
        """Return where *service* lives."""
        binds, space = self._binds(service), namespace_of(service.name)
        if service.ours:
            return image_room(self.root, self.config, service.environment, binds, space)
        return Room(
            Path("/"),
            binds=[*binds, Bind(self._people(_user_of(service)), "/etc/passwd")],
            read_only=service.read_only,
            user=_user_of(service),
            environment={"PATH": _PATH, "LC_ALL": "C.UTF-8", "HOME": "/tmp", **service.environment},  # noqa: S108
            network=space,
        )

    def beside(self, service: ServiceModel, pid: int, words: Sequence[str]) -> list[str]:
        """Return what runs *words* in the room of process *pid* of *service*, as its user."""
        room, user = self.room(service), str(_user_of(service))
        settings = [f"{name}={value}" for name, value in room.environment.items()]
        return [
            program("nsenter"), "--target", str(pid), "--mount", "--net", "--root", "--wd", "--",
            "/usr/bin/setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs",
            "/usr/bin/env", "--ignore-environment", *settings, *words,
        ]  # fmt: skip

    def user_of(self, service: ServiceModel) -> int:
        """Return whose processes those of *service* are."""
        return _user_of(service)

    def prepare(self, services: Sequence[ServiceModel]) -> None:
        """Make the volumes; each belongs to the user of its service."""
        for service in services:
            for volume in service.volumes:
                if "/" not in volume.source:
                    place = self._volume(volume.source)
                    place.mkdir(parents=True, exist_ok=True)
                    os.chown(place, _user_of(service), _user_of(service))
                    place.chmod(0o700)

    def _binds(self, service: ServiceModel) -> list[Bind]:
        inside = [
            Bind(self.state / "resolv.conf", "/etc/resolv.conf"),
            Bind(self.state / "hosts", "/etc/hosts"),
        ]
        for volume in service.volumes:
            named = "/" not in volume.source
            source = self._volume(volume.source) if named else (self.folder / volume.source).resolve()
            inside.append(Bind(source, volume.target, writable=volume.writable))
        secrets = [Bind(self.compose.secrets[name], f"/run/secrets/{name}") for name in service.secrets]
        return [*inside, *secrets]

    def _volume(self, name: str) -> Path:
        return self.state / "volumes" / name

    def _people(self, user: int) -> Path:
        """Return a list of users that knows *user*: the database asks who it is."""
        path = self.state / f"passwd.{user}"
        known = Path("/etc/passwd").read_text(encoding="utf-8")
        if not _knows(user):
            known += f"county{user}:x:{user}:{user}::/tmp:/bin/sh\n"
        path.write_text(known, encoding="utf-8")
        path.chmod(0o644)
        return path

    def _found(self, service: ServiceModel) -> bool:
        if _kind(service) == "postgres":
            return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        name = (service.entrypoint or ("",))[0]
        name = "rabbitmq-server" if _kind(service) == "rabbitmq" else _CALLED.get(name, name)
        return shutil.which(name, path=_PATH) is not None


def _kind(service: ServiceModel) -> str:
    return service.image.rpartition(":")[0].rpartition("/")[2]


def _user_of(service: ServiceModel) -> int:
    return int(service.user.partition(":")[0])


def _knows(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def places(state: Path, gateway: str) -> Mapping[Path, str]:
    """Return the files every room sees: who answers for names, and nothing else."""
    return {
        state / "resolv.conf": f"nameserver {gateway}\noptions timeout:2 attempts:3\n",
        state / "hosts": "127.0.0.1 localhost\n",
    }
