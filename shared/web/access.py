"""Who may do what, as data: each service's ``permissions.yaml``, and the check of the area."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from shared.accounts import ROLES, Role
from shared.kernel.errors import ForbiddenError, NotFoundError
from shared.web.i18n import Words
from shared.web.officer import Officer

Limit = Literal["area", "service"]


class NotPermittedError(ForbiddenError):
    """Raised when the officer's role does not carry the permission."""

    code = "not_permitted"
    zh = "您的岗位无权办理：{what_zh}"
    en = "Your role does not allow: {what_en}"


class OutsideAreaError(ForbiddenError):
    """Raised for what lies in another area, and for what does not exist: the two must look alike."""

    code = "outside_area"
    zh = "没有找到，或者不在您的辖区"
    en = "Not found, or outside your area"


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that may be done, by which roles, and how far each of them may.

    *limits* holds ``area`` (only what lies in the officer's own area) and
    ``service`` (of the departments, only those whose work this service is).
    *units*, when there are any, are the only departments that have it, by official name.
    """

    name: str
    words: Words
    roles: frozenset[Role]
    limits: frozenset[Limit]
    units: frozenset[str] = frozenset()

    def granted_to(self, officer: Officer, service: str) -> bool:
        """Say whether *officer* has this permission on the site of *service*, somewhere."""
        if officer.role not in self.roles:
            return False
        if officer.role != "department":
            return True
        kept_out = "service" in self.limits and officer.service != service
        return not kept_out and (not self.units or officer.unit in self.units)


class Permissions:
    """Every permission of one service."""

    def __init__(self, service: str, every: Mapping[str, Permission]) -> None:
        self.service = service
        self._every = dict(every)

    def __getitem__(self, name: str) -> Permission:
        return self._every[name]

    def __contains__(self, name: str) -> bool:
        return name in self._every

    def granted(self, officer: Officer, name: str, area_code: str | None = None) -> bool:
        """Say whether *officer* may do *name*, in *area_code* when one is given."""
        permission = self._every[name]
        if not permission.granted_to(officer, self.service):
            return False
        return area_code is None or "area" not in permission.limits or officer.may_see(area_code)

    def ensure(self, officer: Officer, name: str) -> None:
        """Raise NotPermittedError unless *officer* has the permission."""
        if not self.granted(officer, name):
            words = self._every[name].words
            raise NotPermittedError(what_zh=words.zh, what_en=words.en, action=name)


def ensure_area(officer: Officer, area_code: str | None) -> None:
    """Raise unless *area_code* lies in the officer's area; None stands for a thing that is not there.

    Somebody of a town, village or grid is told the same for both. County-wide roles,
    who may see everything, are told plainly that there is nothing.
    """
    if area_code is not None and officer.may_see(area_code):
        return
    if area_code is None and officer.role not in {"town", "village", "grid"}:
        raise NotFoundError
    raise OutsideAreaError


def load_permissions(service: str, path: Path) -> Permissions:
    """Read ``permissions.yaml``; a role, limit or key that does not exist stops the start.

    Each entry: ``name: {zh: …, en: …, roles: […], limited_to: [area, service], units: […]}``;
    *units* narrows the departments to those named.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Permissions(service, {name: _permission(name, entry) for name, entry in data.items()})


def _permission(name: str, entry: Mapping[str, Any]) -> Permission:
    roles, limits = frozenset(entry["roles"]), frozenset(entry.get("limited_to", ()))
    units = frozenset(entry.get("units", ()))
    unknown = (
        (roles - set(ROLES))
        | (limits - set(get_args(Limit)))
        | (set(entry) - {"zh", "en", "roles", "limited_to", "units"})
    )
    if unknown or not roles or (units and "department" not in roles):
        raise ValueError(f"permission {name}: {sorted(unknown) or 'no roles'}")
    return Permission(name, Words(entry["zh"], entry["en"]), roles, limits, units)
