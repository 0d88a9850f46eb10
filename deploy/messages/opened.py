"""The services that a command works on: those of an embedded county, or of the environment."""

from collections.abc import Sequence
from pathlib import Path

from deploy.hosting import NAMES, open_service
from shared.kernel.errors import InvalidInputError, NotFoundError
from shared.persistence.running import Service


class UnknownServiceError(InvalidInputError):
    """Raised for a service that there is not."""

    code = "unknown_service"
    zh = "没有这个服务：{service}；可用：{services}"
    en = "There is no service {service}; there are: {services}"


class NoCountyError(NotFoundError):
    """Raised when the folder holds no embedded county."""

    code = "no_county"
    zh = "{folder} 中没有单机版的数据"
    en = "There is no county in {folder}"


def opened(data_dir: Path | None, only: Sequence[str] = ()) -> tuple[Service, ...]:
    """Return the services *only*, all four without it; no database is touched yet.

    Raises UnknownServiceError and NoCountyError.
    """
    for name in only:
        if name not in NAMES:
            raise UnknownServiceError(service=name[:40], services="、".join(NAMES))
    wanted = [name for name in NAMES if not only or name in only]
    if data_dir is None:
        return tuple(open_service(name) for name in wanted)
    if not (data_dir / "county.json").is_file():
        raise NoCountyError(folder=data_dir.name)
    from deploy.embedded.county import open_county

    county = open_county(data_dir)
    return tuple(service for service in county.services if service.name in wanted)
