"""The web process of the embedded county: the start site and the four sites under one address."""

from fastapi import FastAPI

from deploy.embedded.county import County
from deploy.embedded.gate import open_gate
from deploy.embedded.start_site import create_start_site
from services.employment.entrypoints.web.app import create_app as employment_app
from services.evaluation.entrypoints.web.app import create_app as evaluation_app
from services.finance.entrypoints.web.app import create_app as finance_app
from services.monitoring.entrypoints.web.app import create_app as monitoring_app


def create_county_app(county: County) -> FastAPI:
    """Return the application that serves the whole county."""
    gate = open_gate(county.employment.settings)
    app = create_start_site(county.monitoring, gate)
    app.mount("/monitoring", monitoring_app(county.monitoring, gate))
    app.mount("/employment", employment_app(county.employment, gate))
    app.mount("/finance", finance_app(county.finance, gate))
    app.mount("/evaluation", evaluation_app(county.evaluation, gate))
    return app
