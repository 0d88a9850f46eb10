"""The room in which a process of the image lives."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.image.build import IMAGE, Config
from deploy.image.rooms import Bind, Room


def image_room(
    root: Path,
    config: Config,
    environment: Mapping[str, str],
    binds: Sequence[Bind] = (),
    network: str | None = None,
) -> Room:
    """Return where a process of the image in *root* runs: read-only, its own user, ``/tmp`` in memory."""
    return Room(
        root / IMAGE,
        binds=binds,
        user=int(config.user),
        workdir=config.workdir,
        environment={**config.environment, **environment},
        network=network,
    )
