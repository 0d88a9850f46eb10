import pytest
from fastapi.testclient import TestClient


def test_site_is_ready(as_program, site):
    """The site says that its database answers, and serves its OpenAPI document."""
    client = as_program("county")
    assert {"database": True, "accounts": True} == client.get("/readyz").json()
    assert "/api/households/{household_id}" in client.get("/api/openapi.json").json()["paths"]


@pytest.mark.parametrize("path", ["/", "/households", "/clues"])
def test_pages_need_a_person(site, path):
    """Nobody sees anything without signing in."""
    answer = TestClient(site, follow_redirects=False).get(path)
    assert (303, True) == (answer.status_code, "/sign-in" in answer.headers["location"])
