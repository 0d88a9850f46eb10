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


def test_an_empty_file_is_made_anew(tmp_path):
    """A process that died while it wrote leaves no county without a key."""
    path = tmp_path / "session.key"
    path.touch()
    assert 64 == len(session_secret(path))
