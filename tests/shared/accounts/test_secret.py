import stat

from shared.accounts.secret import session_secret


def test_a_secret_is_made_once(tmp_path):
    """The first call makes a secret for its owner alone; later calls return the same; no scraps stay."""
    path = tmp_path / "data" / "session.key"
    first = session_secret(path)
    assert first == session_secret(path)
    assert 64 == len(first)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [path] == list(path.parent.iterdir())
