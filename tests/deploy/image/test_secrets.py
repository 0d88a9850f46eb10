import base64
import hashlib
import os
import ssl
from pathlib import Path

import pytest

from deploy.image.compose import read

ROOT = Path(__file__).parents[3]


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory):
    import subprocess

    folder = tmp_path_factory.mktemp("county") / "secrets"
    subprocess.run([ROOT / "deploy/bin/secrets.sh", folder, "county.example", "192.0.2.7"], check=True)
    return folder


def test_only_the_administrator_gets_in(made):
    """The folder is closed to others; the files inside can be read by the one container each is shown to."""
    assert 0o700 == made.stat().st_mode & 0o777
    assert 0o400 == (made / "ca.key").stat().st_mode & 0o777


def test_every_secret_of_the_composition_is_made(made):
    """``secrets.sh`` makes every file that compose.yaml mounts."""
    wanted = read(ROOT / "deploy/compose.yaml", {"SHOUXIAN_SECRETS": str(made)}).secrets
    assert set() == wanted.keys() - {path.name for path in made.iterdir()}


def test_run_again_changes_nothing(made, run_script):
    """Everything that is there stays, the names in the proxy's certificate too."""
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    assert 0 == run_script("secrets.sh", made).returncode
    assert before == {path.name: path.read_bytes() for path in made.iterdir()}


def test_a_removed_password_is_made_anew_with_what_follows_from_it(made, run_script):
    """The address and the broker's hash follow a new password."""
    before = {name: (made / name).read_text() for name in ("finance_broker_url", "rabbitmq_finance_hash")}
    (made / "rabbitmq_finance").unlink()
    assert 0 == run_script("secrets.sh", made).returncode
    assert (made / "rabbitmq_finance").read_text() in (made / "finance_broker_url").read_text()
    assert before["finance_broker_url"] != (made / "finance_broker_url").read_text()
    assert before["rabbitmq_finance_hash"] != (made / "rabbitmq_finance_hash").read_text()


def test_the_brokers_hash_is_of_its_password(made):
    """Four bytes of salt, then SHA-256 of salt and password."""
    for user in ("monitoring", "operator"):
        decoded = base64.b64decode((made / f"rabbitmq_{user}_hash").read_text())
        salted = decoded[:4] + (made / f"rabbitmq_{user}").read_bytes()
        assert hashlib.sha256(salted).digest() == decoded[4:]


@pytest.mark.parametrize("name", ["postgresql", "rabbitmq", "proxy"])
def test_certificates_fit_keys_and_names(made, name):
    """Each server's certificate is of our authority, fits its key, and carries its name."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(made / f"{name}_cert", made / f"{name}_key")
    client = ssl.create_default_context(cafile=made / "ca")
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(
        to_client, to_server, server_hostname="county.example" if name == "proxy" else name
    )
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    for side in (asking, answering, asking, answering):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    assert "TLSv1.3" == asking.version()


def test_nothing_secret_is_made_inside_the_repository(run_script):
    """A folder in the repository is refused before anything is written in it."""
    inside = ROOT / "var" / f"secrets-{os.getpid()}"
    done = run_script("secrets.sh", inside)
    assert (1, []) == (done.returncode, list(inside.iterdir()) if inside.exists() else [])
    if inside.exists():
        inside.rmdir()
