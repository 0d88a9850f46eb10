"""A sample drawn again on the command line."""

import pytest
from typer.testing import CliRunner

from services.monitoring.domain.sample.draw import Listed, digest_of, frozen
from services.monitoring.entrypoints.cli import cli

LISTED = frozen(Listed(f"h{number:03d}", "610327109", "other") for number in range(150))


@pytest.fixture
def file(tmp_path):
    """The list as the page exports it: with a mark, a heading and other line ends."""
    path = tmp_path / "list.csv"
    body = "town,stratum,household_id\r\n" + "".join(f"{one.line}\r\n" for one in reversed(LISTED))
    path.write_bytes(b"\xef\xbb\xbf" + body.encode())
    return path


def run(*args):
    return CliRunner().invoke(cli, ["sample", "verify", *map(str, args)])


def test_drawn_again(file):
    """The published digest is recognised, and a hundredth of the list is drawn, the same each time."""
    first = run(file, "--seed", "2022", "--digest", digest_of(LISTED))
    assert (0, 3) == (first.exit_code, len(first.output.splitlines()))
    assert first.output == run(file, "--seed", "2022", "--digest", digest_of(LISTED)).output


def test_another_list(file):
    """A list whose digest is not the published one is refused and nothing is drawn."""
    found = run(file, "--seed", "2022", "--digest", "0" * 64)
    assert (1, True) == (found.exit_code, "610327109,other" not in found.output)


def test_other_quotas(file):
    """Shares other than today's can be given, and nonsense is refused."""
    assert 151 == len(run(file, "--seed", "2022", "--quota", "other=1").output.splitlines())
    assert 2 == run(file, "--seed", "2022", "--quota", "other=much").exit_code
