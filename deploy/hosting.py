"""One service in a process of its own, as containers run it; its settings come from the environment."""

from importlib import import_module
from typing import cast

from fastapi import FastAPI

from shared.accounts import open_accounts
from shared.persistence.running import Service
from shared.settings import ServiceSettings
from shared.web.i18n import Words
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink

NAMES = {
    "monitoring": Words("防返贫监测", "Monitoring"),
    "employment": Words("就业帮扶", "Employment"),
    "finance": Words("金融帮扶", "Finance"),
    "evaluation": Words("考核评估", "Evaluation"),
}


def open_service(name: str) -> Service:
    """Return the service called *name*, built from the environment (``<NAME>_DATABASE_URL`` and so on)."""
    return cast("Service", import_module(f"services.{name}.bootstrap").bootstrap())


def site_app(name: str) -> FastAPI:
    """Return the site of one service; it links to the others by ``<NAME>_SITES``."""
    service = open_service(name)
    gate = site_gate(name, service.settings)
    return cast("FastAPI", import_module(f"services.{name}.entrypoints.web.app").create_app(service, gate))


def site_gate(name: str, settings: ServiceSettings) -> Gate:
    """Return the gate of site *name*, which runs alone: accounts, signing key, and where the other sites are.

    A site that the settings do not place is not linked to, except this one, which
    then lies at the root of its own address.
    """
    places = {name: "", **settings.sites}
    links = tuple(SiteLink(one, words, places[one]) for one, words in NAMES.items() if one in places)
    return Gate(Sessions(open_accounts(settings.accounts_url), settings.session_secret), links)
