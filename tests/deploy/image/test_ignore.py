from pathlib import Path

import pytest

from deploy.image.ignore import Ignored

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("a.db", True),
        ("kept", False),
        ("kept/deep/x.py", False),
        ("kept/deep/__pycache__", True),
        ("kept/deep/__pycache__/x.pyc", True),
        ("kept/out", True),
        ("kept/out/x", True),
        ("kept2", True),
    ],
)
def test_the_last_rule_that_fits_decides(path, ignored):
    """Everything is out, a folder is in again, parts of it out."""
    assert ignored is (path in Ignored(["# why", "*", "!kept", "**/__pycache__", "kept/out"]))


@pytest.mark.parametrize(
    "path", [".git", ".venv", "var", "var/county.db", "personal.key", "tests", "deploy/compose.yaml"]
)
def test_what_is_no_part_of_the_program_stays_out(path):
    """Data, history and a developer's environment cannot reach an image."""
    assert path in Ignored.at(ROOT)


@pytest.mark.parametrize(
    "path", ["pyproject.toml", "requirements.lock", "services/monitoring/policy", "deploy/cli.py"]
)
def test_the_program_gets_in(path):
    """What the wheel is made of is seen by the build."""
    assert path not in Ignored.at(ROOT)
