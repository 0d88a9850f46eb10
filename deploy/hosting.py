"""One service in a process of its own, as containers run it; its settings come from the environment."""

from importlib import import_module
from typing import cast
from urllib.parse import urlsplit

from fastapi import FastAPI
from sqlalchemy.engine import make_url

from shared.accounts import ROLES, Role
from shared.kernel.errors import InvalidInputError
from shared.persistence.running import Service
from shared.settings import ServiceSettings
from shared.web.entrance import gate_of
from shared.web.i18n import Words
from shared.web.site import Gate, Site, SiteLink

NAMES = {
    "monitoring": Words("防返贫监测", "Monitoring"),
    "employment": Words("就业帮扶", "Employment"),
    "finance": Words("金融帮扶", "Finance"),
    "evaluation": Words("考核评估", "Evaluation"),
}

OFFICES: frozenset[Role] = frozenset(ROLES) - {"grid"}
"""A grid worker's work is monitoring's alone; links to the other sites would lead to closed doors."""


class NoSessionSecretError(InvalidInputError):
    """Raised when each process would sign sessions with a key of its own, which no other one knows."""

    code = "no_session_secret"
    zh = "没有设置 {setting}：各站点、各进程须使用同一密钥，否则登录状态互不相认"
    en = "{setting} is not set: every site and process needs the same key, or none knows another's sessions"


class AccountsApartError(InvalidInputError):
    """Raised when the accounts would lie in a file of this machine, beside a database that is shared."""

    code = "accounts_apart"
    zh = "业务数据库是 PostgreSQL，但没有设置 {setting}：账户会只存在本机文件中"
    en = "The database is PostgreSQL but {setting} is not set: accounts would lie in a file of this machine"


def open_service(name: str) -> Service:
    """Return the service called *name*, built from the environment (``<NAME>_DATABASE_URL`` and so on)."""
    return cast("Service", import_module(f"services.{name}.bootstrap").bootstrap())


def site_app(name: str) -> FastAPI:
    """Return the site of one service; it links to the others by ``<NAME>_SITES``.

    Raises NoSessionSecretError and AccountsApartError.
    """
    service = open_service(name)
    ensure_shared(name, service.settings)
    gate = site_gate(name, service.settings)
    return cast("FastAPI", import_module(f"services.{name}.entrypoints.web.app").create_app(service, gate))


def place_of(site: FastAPI) -> str:
    """Return the path under which a proxy shows *site*: that of its own entry in ``<NAME>_SITES``."""
    own = cast("Site", site.state.site)
    return next(urlsplit(one.base_url).path.rstrip("/") for one in own.gate.sites if one.name == own.name)


def ensure_shared(name: str, settings: ServiceSettings) -> None:
    """Refuse settings with which the processes of a county would not know each other's officers."""
    if "session_secret" not in settings.model_fields_set or not settings.session_secret:
        raise NoSessionSecretError(setting=f"{name.upper()}_SESSION_SECRET")
    apart = settings.accounts_url == type(settings).model_fields["accounts_url"].default
    if apart and make_url(settings.database_url).get_backend_name() != "sqlite":
        raise AccountsApartError(setting=f"{name.upper()}_ACCOUNTS_URL")


def site_gate(name: str, settings: ServiceSettings) -> Gate:
    """Return the gate of site *name*, which runs alone: accounts, signing key, and where the other sites are.

    A site that the settings do not place is not linked to, except this one, which
    then lies at the root of its own address.
    """
    places = {name: "", **settings.sites}
    everybody = frozenset(ROLES)
    links = tuple(
        SiteLink(one, words, places[one], everybody if one == "monitoring" else OFFICES)
        for one, words in NAMES.items()
        if one in places
    )
    return gate_of(settings, links)
