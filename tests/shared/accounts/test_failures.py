import pytest

from shared.accounts import SignInLockedError, SignInRefusedError, Source
from shared.accounts.failures import FAILURES_BEFORE_LOCK, FAILURES_FROM_EVERYWHERE

GOOD = "walnut-and-bees"
HERE, THERE = Source("10.0.0.1"), Source("10.0.0.2")
BROWSER = Source("browser", known=True)


def fail(accounts, source, times):
    for _ in range(times):
        with pytest.raises(SignInRefusedError):
            accounts.verify("clerk", "not the password", source)


def locked(accounts, source):
    with pytest.raises(SignInLockedError):
        accounts.verify("clerk", GOOD, source)
    return True


def test_a_guesser_locks_out_nobody_else(accounts, clerk):
    """Five failures from one address lock that address; the owner comes in from another."""
    accounts.create(clerk, GOOD)
    fail(accounts, HERE, FAILURES_BEFORE_LOCK)
    assert locked(accounts, HERE)
    assert "clerk" == accounts.verify("clerk", GOOD, THERE).login


def test_guessing_from_many_addresses_is_locked_out(accounts, clerk):
    """From everywhere together a login takes fifty failures; then only its known browsers come in."""
    accounts.create(clerk, GOOD)
    for number in range(FAILURES_FROM_EVERYWHERE // FAILURES_BEFORE_LOCK):
        fail(accounts, Source(f"10.1.0.{number}"), FAILURES_BEFORE_LOCK)
    assert locked(accounts, THERE)
    assert "clerk" == accounts.verify("clerk", GOOD, BROWSER).login
    assert locked(accounts, THERE)


def test_a_known_browser_is_locked_by_its_own_failures(accounts, clerk):
    """A browser that was stolen guesses five times, as any other place; an address of its name is another."""
    accounts.create(clerk, GOOD)
    fail(accounts, BROWSER, FAILURES_BEFORE_LOCK)
    assert locked(accounts, BROWSER)
    assert "clerk" == accounts.verify("clerk", GOOD, Source("browser")).login


def test_the_owner_coming_in_gives_a_guesser_no_more_tries(accounts, clerk):
    """Each success takes back its own attempt alone from the count of all places."""
    accounts.create(clerk, GOOD)
    for number in range(FAILURES_FROM_EVERYWHERE // FAILURES_BEFORE_LOCK):
        fail(accounts, Source(f"10.1.0.{number}"), FAILURES_BEFORE_LOCK - 1)
        accounts.verify("clerk", GOOD, THERE)
    fail(accounts, Source("10.2.0.1"), 5)
    fail(accounts, Source("10.2.0.2"), 5)
    assert locked(accounts, THERE)
