"""Every migration since the last release leaves that release working."""

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from alembic.script import ScriptDirectory

from deploy.databases import DATABASES, migrations_of
from shared.persistence.expansion import contractions
from shared.persistence.migrate import sql_of
from tests.architecture.tree import ROOT


@cache
def release() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "release.yaml").read_text(encoding="utf-8"))
    return found


def steps_since_release(name: str) -> list[tuple[str, str]]:
    """Return each revision after the release's with the one before it, oldest first."""
    script = ScriptDirectory(str(migrations_of(name)[0]))
    newer = script.iterate_revisions("head", release()["revisions"][name])
    return [(str(one.down_revision), one.revision) for one in newer][::-1]


@pytest.mark.parametrize("name", DATABASES)
def test_migrations_since_the_release_only_expand(name: str) -> None:
    """Read as SQL for PostgreSQL, no new migration drops, renames, retypes, demands or holds up anything."""
    folder, version_table = migrations_of(name)
    small, excepted = release()["small_tables"][name], release()["exceptions"].get(name, {})
    found = [
        f"{name} {revision}: {sentence}"
        for before, revision in steps_since_release(name)
        if revision not in excepted
        for sentence in contractions(
            sql_of(folder, before, revision), version_table=version_table, small_tables=small
        )
    ]
    assert not found, "\n  ".join(["The release that runs does not bear:", *found])


def test_every_exception_is_of_a_migration_to_come() -> None:
    """An exception names a revision after the release and says why it can be borne."""
    for name, excepted in release()["exceptions"].items():
        assert {*excepted} <= {revision for _before, revision in steps_since_release(name)}
        assert all(len(reason) > 40 for reason in excepted.values())


def test_the_release_is_a_commit_of_this_repository() -> None:
    """The revisions named are those the release's commit ends with; a shallow clone cannot tell."""
    commit = release()["commit"]
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", commit], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip(f"the commit {commit[:7]} is not in this clone (shallow, or an archive)")
    for name in sorted({*DATABASES} - {"accounts"}):
        folder = f"services/{name}/migrations/versions/"
        newest = max(Path(line).name for line in listed.stdout.splitlines() if line.startswith(folder))
        assert newest.startswith(release()["revisions"][name])
