import pytest
from sqlalchemy import select

from shared.accounts import SignInLockedError, SignInRefusedError, Source
from shared.audit import By, Trace, Who
from shared.audit.tables import entries
from shared.audit.verify import verify


def entered(accounts):
    with accounts._engine.connect() as connection:
        rows = connection.execute(select(entries).order_by(entries.c.seq)).mappings()
        return [(row["action"], row["outcome"], row["account_id"], row["object_id"]) for row in rows]


def test_what_is_done_to_an_account_is_entered(accounts, clerk):
    """Opening, a new password, linking and closing each leave an entry that names who did it, from where."""
    by = By(Who("uid:7", "command_line"), Trace("command line"))
    account = accounts.create(clerk, "correct horse 1", by)
    accounts.set_password(account.id, "correct horse 2", by)
    accounts.disable(account.id, by)
    expected = ["account.create", "account.password", "account.close"]
    assert [(name, "done", "uid:7", account.id) for name in expected] == entered(accounts)
    assert None is verify(accounts._engine).finding


def test_attempts_to_sign_in_are_entered(accounts, clerk):
    """Right, wrong and locked attempts are entered under the account, with the request's id."""
    account = accounts.create(clerk, "correct horse 1")
    source = Source("192.0.2.1", trace=Trace("web", "request-1"))
    accounts.verify(clerk.login, "correct horse 1", source)
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            accounts.verify(clerk.login, "wrong", source)
    with pytest.raises(SignInLockedError):
        accounts.verify(clerk.login, "correct horse 1", source)
    outcomes = [outcome for action, outcome, who, _ in entered(accounts) if who == account.id]
    assert ["done", *["refused"] * 5, "locked"] == outcomes


def test_a_login_that_is_nobodys_is_not_written_down(accounts):
    """What was typed into the box of the user name may be a password: its digest stands there."""
    with pytest.raises(SignInRefusedError):
        accounts.verify("hunter2hunter2", "x")
    ((action, outcome, who, about),) = entered(accounts)
    assert ("account.sign_in", "refused", "") == (action, outcome, who)
    assert "hunter2" not in about


def test_a_change_that_fails_leaves_no_entry(accounts, clerk):
    """An account that is not there is not closed, and nothing says it was."""
    with pytest.raises(Exception, match="no such account"):
        accounts.disable("nobody")
    assert [] == entered(accounts)
