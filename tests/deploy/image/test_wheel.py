import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

# Building a wheel takes long, and `make image-test` builds one too.
pytestmark = [pytest.mark.chaos, pytest.mark.long]
ROOT = Path(__file__).parents[3]
PACKAGES = ("services", "shared", "deploy")
NOT_INSIDE = (
    "deploy/bin/", "deploy/grafana/", "deploy/image/", "deploy/kubernetes/", "deploy/postgresql/",
    "deploy/prometheus/", "deploy/proxy/", "deploy/rabbitmq/", "deploy/compose.yaml", "deploy/Dockerfile",
)  # fmt: skip
_BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


@pytest.fixture(name="inside", scope="module")
def _inside(tmp_path_factory):
    """The names in a wheel built by the locked setuptools, without any network, from the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "requirements.in", *PACKAGES):
        (folder / name).symlink_to(ROOT / name)
    subprocess.run(
        [sys.executable, "-c", _BUILD, folder / "out"], cwd=folder, check=True, capture_output=True
    )
    (wheel,) = (folder / "out").glob("shouxian-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_has_every_file_of_the_program(inside):
    """Templates, policies, rules, migrations, samples and stylesheets are in it, and nothing else."""
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in there if not name.startswith(NOT_INSIDE)} == inside


def test_the_wheel_has_one_of_each_kind(inside):
    """A few files without which nothing would run, named one by one."""
    for name in (
        "services/monitoring/policy/screening.yaml",
        "services/monitoring/migrations/versions/0001_households.py",
        "shared/web/static/shouxian.css",
        "shared/web/templates/base.html",
        "deploy/health.py",
    ):
        assert name in inside
