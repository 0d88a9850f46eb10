from functools import cache
from pathlib import Path

import pytest

from tests.support.kustomize import Object, containers_of, render

ROOT = Path(__file__).parents[3]
KUBERNETES = ROOT / "deploy" / "kubernetes"
OVERLAYS = sorted(path.name for path in (KUBERNETES / "overlays").iterdir())


@cache
def _rendered(overlay: str) -> list[Object]:
    return render(KUBERNETES / "overlays" / overlay)


@pytest.fixture(params=OVERLAYS, scope="module")
def objects(request: pytest.FixtureRequest) -> list[Object]:
    """Everything one overlay sends to a cluster; not to be changed."""
    return _rendered(request.param)


@pytest.fixture(scope="module")
def containers(objects: list[Object]) -> list[tuple[Object, Object]]:
    """Every container with the object it belongs to."""
    return [(one, container) for one in objects for container in containers_of(one)]


@pytest.fixture(scope="module")
def deployments(objects: list[Object]) -> dict[str, Object]:
    """The deployments of our own processes by name; the proxy is none of them."""
    return {
        one["metadata"]["name"]: one
        for one in objects
        if one["kind"] == "Deployment" and one["metadata"]["name"] != "proxy"
    }
