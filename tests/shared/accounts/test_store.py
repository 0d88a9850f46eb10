from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from shared.accounts import (
    Accounts,
    LoginTakenError,
    Passwords,
    PasswordTooWeakError,
    SignInLockedError,
    SignInRefusedError,
    UnknownAccountError,
)
from shared.accounts.failures import FAILURES_BEFORE_LOCK, LOCKED_FOR
from shared.persistence.engine import open_engine

GOOD = "walnut-and-bees"


def fail(accounts, times, login="clerk"):
    for _ in range(times):
        with pytest.raises(SignInRefusedError):
            accounts.verify(login, "not the password")


def test_the_right_password_gives_the_account(accounts, clerk):
    """Login and password give back the account that was opened."""
    assert accounts.create(clerk, GOOD) == accounts.verify("clerk", GOOD)


def test_wrong_password_unknown_login_and_disabled_look_alike(accounts, clerk):
    """Nothing tells a wrong password from an unknown or a disabled account."""
    account = accounts.create(clerk, GOOD)
    accounts.disable(account.id)
    told = []
    for login, password in (("clerk", "wrong-password"), ("nobody", GOOD), ("clerk", GOOD)):
        with pytest.raises(SignInRefusedError) as refused:
            accounts.verify(login, password)
        told.append(refused.value.text("zh"))
    assert ["用户名或密码不正确"] * 3 == told


def test_locked_after_repeated_failures_even_for_the_right_password(accounts, clerk):
    """After five failures the right password is refused too, and it says for how long."""
    accounts.create(clerk, GOOD)
    fail(accounts, FAILURES_BEFORE_LOCK)
    with pytest.raises(SignInLockedError) as locked:
        accounts.verify("clerk", GOOD)
    assert {"minutes": 15} == locked.value.details


def test_the_lock_opens_with_time(accounts, clerk, clock):
    """A lock ends a quarter of an hour after the last failure."""
    accounts.create(clerk, GOOD)
    fail(accounts, FAILURES_BEFORE_LOCK)
    clock.set(clock() + LOCKED_FOR)
    assert "clerk" == accounts.verify("clerk", GOOD).login


def test_attempts_while_locked_do_not_prolong_it(accounts, clerk, clock):
    """Somebody who keeps trying cannot lock the owner out for ever."""
    accounts.create(clerk, GOOD)
    fail(accounts, FAILURES_BEFORE_LOCK)
    clock.set(clock() + LOCKED_FOR - timedelta(minutes=1))
    with pytest.raises(SignInLockedError):
        accounts.verify("clerk", "not the password")
    clock.set(clock() + timedelta(minutes=1))
    assert "clerk" == accounts.verify("clerk", GOOD).login


def test_success_forgets_failures(accounts, clerk):
    """A right password starts the count again."""
    accounts.create(clerk, GOOD)
    for _ in range(3):
        fail(accounts, FAILURES_BEFORE_LOCK - 1)
        accounts.verify("clerk", GOOD)


def test_unknown_logins_lock_too(accounts):
    """A lock does not tell which logins exist."""
    fail(accounts, FAILURES_BEFORE_LOCK, login="nobody")
    with pytest.raises(SignInLockedError):
        accounts.verify("nobody", GOOD)


def test_a_login_is_used_once(accounts, clerk):
    """A second account under the same login is refused."""
    accounts.create(clerk, GOOD)
    with pytest.raises(LoginTakenError):
        accounts.create(clerk, GOOD)


def test_weak_passwords_open_no_account(accounts, clerk):
    """A refused password leaves no account behind."""
    with pytest.raises(PasswordTooWeakError):
        accounts.create(clerk, "short")
    assert () == accounts.every()


def test_language_is_kept(accounts, clerk):
    """The language a person chose is there the next time."""
    account = accounts.create(clerk, GOOD)
    accounts.set_language(account.id, "en")
    assert "en" == accounts.get(account.id).language


def test_a_dearer_cost_rehashes_on_sign_in(accounts, clerk, clock):
    """When the cost was raised, the next sign-in hashes the password anew and it still fits."""
    before = accounts.create(clerk, GOOD).password_hash
    dearer = Accounts(accounts._engine, clock=clock, passwords=Passwords(time_cost=2, memory_kib=16))
    after = dearer.verify("clerk", GOOD).password_hash
    assert "m=16,t=2" in after
    assert before != after
    assert "clerk" == dearer.verify("clerk", GOOD).login


def test_unknown_accounts_are_refused(accounts):
    """Asking for or changing an account that is not there says so."""
    with pytest.raises(UnknownAccountError):
        accounts.get("a0")
    with pytest.raises(UnknownAccountError):
        accounts.set_language("a0", "en")


def test_no_password_is_kept_in_clear(accounts, clerk):
    """Neither the account nor its text shows the password or its hash."""
    account = accounts.create(clerk, GOOD)
    assert account.password_hash.startswith("$argon2id$")
    assert "argon2" not in repr(account)


@pytest.fixture(
    name="shared_accounts", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)]
)
def _shared_accounts(request, tmp_path, passwords):
    """Accounts as several processes share them."""
    postgresql = request.param == "postgresql"
    url = request.getfixturevalue("database") if postgresql else f"sqlite:///{tmp_path}/shared.db"
    engine = open_engine(url, pool_size=8)
    yield Accounts(engine, passwords=passwords)
    engine.dispose()


@pytest.mark.parametrize("login", ["nul\0", "张三", "x" * 50, "", "\ud800"])
def test_what_can_be_no_login_is_an_unknown_one(shared_accounts, login):
    """A login that nobody can have is refused in the same words and locks alike, on either database."""
    fail(shared_accounts, FAILURES_BEFORE_LOCK, login=login)
    with pytest.raises(SignInLockedError):
        shared_accounts.verify(login, GOOD)


def test_attempts_at_once_are_each_counted(shared_accounts):
    """Of eight first attempts at once five are let through to the password and three find it locked."""
    start = Barrier(8)

    def attempt(login):
        start.wait()
        try:
            shared_accounts.verify(login, GOOD)
        except (SignInRefusedError, SignInLockedError) as refused:
            return refused.code

    with ThreadPoolExecutor(8) as many:
        for number in range(10):
            told = sorted(many.map(attempt, [f"nobody{number}"] * 8))
            assert ["sign_in_locked"] * 3 + ["sign_in_refused"] * 5 == told


def test_an_ended_session_is_remembered_until_its_cookie_expires(shared_accounts):
    """Signing out twice is once; what has expired anyway is forgotten with the next sign-out."""
    shared_accounts.end_session("expired", 1)
    for _ in range(2):
        shared_accounts.end_session("mine", 4_000_000_000)
    told = [shared_accounts.has_ended(one) for one in ("expired", "mine", "another")]
    assert [False, True, False] == told
