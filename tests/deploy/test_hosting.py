"""One service's site in a process of its own."""

import pytest

from deploy.hosting import NAMES, site_gate
from services.finance.settings import Settings


@pytest.fixture(name="gate_of")
def _gate_of(tmp_path):
    def gate_of(**given):
        return site_gate("finance", Settings(accounts_url=f"sqlite:///{tmp_path}/accounts.db", **given))

    return gate_of


def test_a_site_alone_links_to_itself_only(gate_of):
    """Its own pages lie at the root; a site whose place nobody has told is not linked to."""
    gate = gate_of()
    assert "/loans" == gate.link("finance", "/loans")
    assert ["finance"] == [name for name in NAMES if gate.reaches(name)]


def test_sites_that_are_placed_are_linked_to(gate_of):
    """The other sites are where the settings say."""
    gate = gate_of(sites={"monitoring": "https://monitoring.example/"})
    assert "https://monitoring.example/cases" == gate.link("monitoring", "/cases")
    assert ["monitoring", "finance"] == [one.name for one in gate.sites]
